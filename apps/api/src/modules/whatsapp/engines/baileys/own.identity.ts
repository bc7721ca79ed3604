/** Who this account is: from its credentials, and where they name the LID only, from what the network says. */
import {
  getAllBinaryNodeChildren,
  getBinaryNodeChild,
  jidDecode,
  type AuthenticationCreds,
  type BinaryNode,
} from 'baileys';
import { parseJid, type LidUser, type PersonAddress, type PhoneDigits } from '../../jid.js';
import type { Identity } from '../engine.js';
import type { AccountContext } from './account.context.js';
import { SERVER } from './connection/wire.js';
import { pair } from './inbound/envelope.js';

/** Until somebody says a name, Baileys keeps this one. */
const NO_NAME = '~';

/** Undefined while nothing is known. */
export function identityOf({ me }: Partial<AuthenticationCreds>): Identity | undefined {
  const person: PersonAddress = { phone: null, lid: null };
  for (const jid of [me?.id, me?.lid]) {
    const address = jid ? parseJid(jid) : null;
    if (address?.kind === 'phone') person.phone = address.phone;
    if (address?.kind === 'lid') person.lid = address.lid;
  }
  if (!person.phone && !person.lid) return undefined;
  const name = me?.name && me.name !== NO_NAME ? me.name : null;
  return { ...person, pushName: name, device: jidDecode(me?.id)?.device ?? null };
}

/** As `identityOf`, with the number looked for when it is missing. Never rejects: not to know is an answer. */
export async function findIdentity(account: AccountContext): Promise<Identity | undefined> {
  const identity = identityOf(account.creds);
  if (!identity?.lid || identity.phone) return identity;
  const known = await account.signal.mapping.phoneOf(identity.lid);
  const phone = known ?? (await askForNumber(account, identity.lid));
  return { ...identity, phone: phone as PhoneDigits | null };
}

async function askForNumber(account: AccountContext, lid: LidUser): Promise<string | null> {
  const answer = await account.wire.ask(numberQuery(`${lid}@lid`, account.socket.generateMessageTag()));
  if (!answer.ok) return null;
  const list = getBinaryNodeChild(getBinaryNodeChild(answer.node, 'usync'), 'list');
  for (const user of list ? getAllBinaryNodeChildren(list) : []) {
    const { jid, pn_jid, pn } = user.attrs;
    const named = getBinaryNodeChild(user, 'lid')?.attrs.val;
    const found = pair(`${lid}@lid`, pn_jid ?? pn) ?? pair(jid, named);
    if (found?.lid !== lid) continue;
    await account.signal.mapping.learn([found]);
    return found.phone;
  }
  return null;
}

function numberQuery(jid: string, sid: string): BinaryNode {
  const query: BinaryNode[] = [
    { tag: 'contact', attrs: {} },
    { tag: 'lid', attrs: {} },
  ];
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'get', xmlns: 'usync' },
    content: [
      {
        tag: 'usync',
        attrs: { context: 'interactive', mode: 'query', sid, last: 'true', index: '0' },
        content: [
          { tag: 'query', attrs: {}, content: query },
          { tag: 'list', attrs: {}, content: [{ tag: 'user', attrs: { jid }, content: [] }] },
        ],
      },
    ],
  };
}
