import type { Group, Person, Phone, SandboxControl } from '@trunkline/sandbox';
import { expect } from 'vitest';
import type { Api } from './api.js';
import { until } from './until.js';

interface Sides {
  api: Api;
  sandbox: SandboxControl;
  accountId: string;
  phone: Pick<Phone, 'number'>;
  people: readonly Person[];
  group: Group;
}

/** An account and people who write to each other, one to one and in a group. */
export class Conversation {
  constructor(private readonly sides: Sides) {}

  /** A message each way in every chat, each read by who it is for. */
  async bothWays(text: string): Promise<void> {
    const { people, group, phone } = this.sides;
    for (const person of people) {
      const chatId = await this.#out(`+${person.number}`, text, [person]);
      await this.#in(person, phone.number, text, chatId);
    }
    const chatId = await this.#out(group.id, `${text}, all`, people);
    for (const person of people) await this.#in(person, group.id, `${text}, all`, chatId);
  }

  /** One who writes to the account for the first time is read. */
  async hears(person: Person, text: string): Promise<void> {
    const { api, sandbox, accountId, phone } = this.sides;
    const { id } = await sandbox.write(person.number, { to: phone.number, text });
    await until(`“${text}” from ${person.number}`, async () => {
      const { items } = await api.chats(accountId);
      return items.find(({ lastMessage: last }) => last?.waId === id && last.content.kind === 'text');
    });
  }

  /** Nobody met a counter a second time, and nothing stayed unreadable. */
  async clean(): Promise<void> {
    for (const { number } of this.sides.people) {
      expect((await this.sides.sandbox.getPerson(number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    }
  }

  async #out(to: string, text: string, readers: readonly Person[]): Promise<string> {
    const { api, sandbox, accountId } = this.sides;
    const sent = await api.send({ accountId, to, text });
    for (const { number } of readers) {
      const seen = await sandbox.waitForSeen(number, (message) => message.id === sent.waId, 30_000);
      expect(seen).toMatchObject({ text, times: 1 });
    }
    return sent.chatId;
  }

  async #in(person: Person, to: string, text: string, chatId: string): Promise<void> {
    const { api, sandbox } = this.sides;
    const { id } = await sandbox.write(person.number, { to, text });
    const got = await until(`“${text}” from ${person.number}`, async () => {
      const { items } = await api.messages(chatId);
      return items.find(({ waId, content }) => waId === id && content.kind === 'text');
    });
    expect(got.content).toMatchObject({ text });
  }
}
