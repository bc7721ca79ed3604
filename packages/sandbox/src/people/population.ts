/** Everybody who lives in the sandbox: made on command, brought back after a restart. */
import type { CreatePerson, CreatePhone } from '../control/contract.js';
import type { SandboxNetwork } from '../network/device.js';
import { KeyStep } from '../signal/key.step.js';
import { Keyring } from '../signal/keyring.js';
import { pack, unpack } from '../store/records.js';
import type { Store } from '../store/store.js';
import { Changes } from './changes.js';
import { nameOf } from './names.js';
import { randomLid, sandboxNumber } from './numbers.js';
import { Person, type World } from './person.js';
import { newPhoneState, Phone } from './phone.js';
import { Profiles, type Profile } from './profile.js';
import { Refusal } from './refusal.js';

export class Population {
  readonly changes = new Changes();
  private readonly world: World;
  private readonly everybody = new Map<string, Person>();
  private readonly phonesByLid = new Map<string, Phone>();

  private constructor(store: Store, network: SandboxNetwork, now: () => number) {
    this.world = { store, network, profiles: new Profiles(store), changes: this.changes, now };
    network.onCompanionHello((hello) => this.phoneOf(hello.phone)?.greet(hello));
  }

  static async open(store: Store, network: SandboxNetwork, now: () => number = Date.now): Promise<Population> {
    const population = new Population(store, network, now);
    const profiles = population.world.profiles.all().sort((a, b) => a.createdAt - b.createdAt);
    for (const profile of profiles) population.settle(profile);
    for (const person of population.everybody.values()) await person.join();
    for (const phone of population.phonesByLid.values()) phone.resume();
    return population;
  }

  get people(): Person[] {
    return [...this.everybody.values()].filter(({ profile }) => !profile.phone);
  }

  get phones(): Phone[] {
    return [...this.phonesByLid.values()];
  }

  async createPerson(input: CreatePerson): Promise<Person> {
    const { rule = { kind: 'echo' }, addressing = 'pn', name = nameOf(this.people.length + 1) } = input;
    const rest = { name, addressing, rule, online: true, phone: null };
    return this.create({ ...this.identity(input), ...rest });
  }

  async createPhone(input: CreatePhone): Promise<Phone> {
    const name = input.pushName ?? `Phone ${this.phones.length + 1}`;
    const phone = { ...newPhoneState(), firstSync: input.firstSync };
    const rest = { name, addressing: 'pn', rule: { kind: 'silent' }, online: true, phone } as const;
    const person = await this.create({ ...this.identity(input), ...rest });
    return this.phone(person.profile.lid);
  }

  /** A person or a phone, by number or LID. */
  find(user: string): Person {
    const person = this.lookUp(user);
    if (!person) throw new Refusal('not_found', `nobody in the sandbox has ${user}`);
    return person;
  }

  phone(user: string): Phone {
    const phone = this.phoneOf(user);
    if (!phone) throw new Refusal('not_found', `no phone in the sandbox has ${user}`);
    return phone;
  }

  /** The next number of the reserved range that nobody has. */
  freeNumber(): string {
    const { store, network } = this.world;
    const last = store.get('people.numbers', 'last');
    let index = last ? unpack<number>(last) : 0;
    do index += 1;
    while (network.findUser(sandboxNumber(index)));
    store.put('people.numbers', 'last', pack(index));
    return sandboxNumber(index);
  }

  /** Finishes what is being done, then takes everybody off the network. What they know stays in the store. */
  async close(): Promise<void> {
    for (const person of this.everybody.values()) await person.leave();
    for (const phone of this.phones) await phone.idle();
  }

  private identity({ number, lid }: { number?: string | undefined; lid?: string | undefined }) {
    const { network } = this.world;
    for (const taken of [number, lid]) {
      if (taken !== undefined && network.findUser(taken)) throw new Refusal('conflict', `${taken} is taken`);
    }
    return { number: number ?? this.freeNumber(), lid: lid ?? this.freeLid(), createdAt: this.world.now() };
  }

  private freeLid(): string {
    let lid = randomLid();
    while (this.world.network.findUser(lid)) lid = randomLid();
    return lid;
  }

  private async create(profile: Profile): Promise<Person> {
    const keys = this.keysOf(profile);
    Keyring.create(keys);
    this.world.store.transaction(() => {
      keys.flush();
      this.world.profiles.save(profile);
    });
    const person = this.settle(profile);
    await person.join();
    this.changes.announce();
    return person;
  }

  private settle(profile: Profile): Person {
    const keyring = Keyring.load(this.keysOf(profile));
    if (!keyring) throw new Error(`the keys of ${profile.number} are gone from the store`);
    const person = new Person(this.world, profile, keyring);
    this.world.network.createUser(person.user);
    this.everybody.set(profile.lid, person);
    if (profile.phone) this.phonesByLid.set(profile.lid, new Phone(person, profile.phone));
    return person;
  }

  private keysOf({ lid }: Profile): KeyStep {
    return new KeyStep(this.world.store, `people.keys.${lid}`);
  }

  private lookUp(user: string): Person | undefined {
    return this.everybody.get(this.world.network.findUser(user)?.lid ?? user);
  }

  private phoneOf(user: string): Phone | undefined {
    return this.phonesByLid.get(this.world.network.findUser(user)?.lid ?? user);
  }
}
