import type { DeviceKeys } from '../network/device.js';
import { toBigEndian } from '../protocol/bytes.js';
import { withoutType } from '../protocol/curve.js';
import { SERVER_JID } from '../protocol/jid.js';
import { child, node, type Node } from '../protocol/node.js';
import { KeyStep } from '../signal/key.step.js';
import { makePreKeys } from '../signal/keyring.js';
import { ask } from './ask.js';
import type { Person } from './person.js';

const BATCH = 30;
const LOW = 10;

/** Sees to it that the network always has one-time prekeys of this person to hand out. */
export class PreKeySupply {
  constructor(private readonly person: Person) {}

  /** For a person who was never on the network; afterwards the network counts what is left. */
  first(): DeviceKeys['preKeys'] {
    const { store } = this.person.world;
    const keys = new KeyStep(store, `people.keys.${this.person.profile.lid}`);
    if (keys.get('nextPreKey')) return [];
    const made = makePreKeys(keys, BATCH);
    store.transaction(() => keys.flush());
    return made;
  }

  async refill(): Promise<void> {
    const answer = await ask(this.person.line, encryptQuery('get', [node('count')]));
    if (Number(child(answer, 'count')?.attrs.value ?? 0) >= LOW) return;
    const made = await this.person.turn(async (step) => {
      const preKeys = makePreKeys(step.keys, BATCH);
      return this.person.commit(step, () => preKeys);
    });
    await ask(this.person.line, encryptQuery('set', this.upload(made)));
  }

  private upload(preKeys: DeviceKeys['preKeys']): Node[] {
    const { registrationId, identity, signedPreKey } = this.person.keyring;
    return [
      node('registration', {}, toBigEndian(registrationId, 4)),
      node('type', {}, Uint8Array.of(5)),
      node('identity', {}, withoutType(identity.pubKey)),
      node(
        'list',
        {},
        preKeys.map(({ id, key }) => node('key', {}, [node('id', {}, toBigEndian(id, 3)), node('value', {}, key)])),
      ),
      node('skey', {}, [
        node('id', {}, toBigEndian(signedPreKey.keyId, 3)),
        node('value', {}, withoutType(signedPreKey.keyPair.pubKey)),
        node('signature', {}, signedPreKey.signature),
      ]),
    ];
  }
}

const encryptQuery = (type: string, content: Node[]) => node('iq', { to: SERVER_JID, type, xmlns: 'encrypt' }, content);
