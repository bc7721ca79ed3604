import type { SandboxControl } from '@trunkline/sandbox';
import { SandboxControl as Control } from '@trunkline/sandbox';
import { linkedAccount } from '../../e2e/support/link.ts';
import { say } from '../support/say.ts';
import type { Trunkline } from '../support/trunkline.ts';

/** An account and the person it talks with. */
export interface Actor {
  accountId: string;
  /** Of its phone, digits. */
  number: string;
  /** Of the person, digits. */
  person: string;
}

/** The product's own sandbox, through its API: it comes and goes with the product. */
export function controlOf(ours: Trunkline): SandboxControl {
  return new Control({ url: `${ours.url}/api/sandbox`, token: ours.api.key });
}

/** Links accounts by QR, each with a person who gets what it writes. Every second person is known by LID. */
export async function cast(ours: Trunkline, count: number, rule: 'echo' | 'silent'): Promise<Actor[]> {
  say(`Linking ${count} accounts …`);
  const control = controlOf(ours);
  const actors: Actor[] = [];
  for (let index = 0; index < count; index += 1) {
    const { account, phone } = await linkedAccount(ours.api, control, `soaked ${index}`);
    const addressing = index % 2 === 0 ? 'pn' : 'lid';
    const person = await control.createPerson({ rule: { kind: rule }, addressing });
    actors.push({ accountId: account.id, number: phone.number, person: person.number });
  }
  return actors;
}
