import type { EngineEvent, Identity } from '../apps/api/src/modules/whatsapp/engines/engine.js';
import { parseJid, personJid, type GroupJid, type PersonAddress } from '../apps/api/src/modules/whatsapp/jid.js';
import type { ClientEvent, EventOf } from './driver.js';
import { jidOf, said, toHeard } from './engine.kinds.js';

/** The port's events in the words of driver.ts; what no case asks for is left out. */
export function fromEvent(event: EngineEvent): ClientEvent[] {
  switch (event.type) {
    case 'qr':
      return [{ type: 'qr', text: event.text }];
    case 'pairing-code':
      return [{ type: 'code', code: event.code }];
    case 'linked':
      return [{ type: 'linked' }, ...nameOf(event.identity)];
    case 'open':
      return [{ type: 'open' }];
    case 'closed':
      return [{ type: 'closed', reason: event.reason, code: event.code, detail: event.detail }];
    case 'identity':
      return nameOf(event.identity);
    case 'message':
      return fromMessage(event);
    case 'message-read':
      return [{ type: 'said', id: event.waId, said: said(event.content) }];
    case 'ephemeral':
      // A timer is no message to the port, so that it has no id to be known by.
      return [{ type: 'said', id: 'timer', said: { kind: 'timer', seconds: event.seconds ?? 0 } }];
    case 'call':
      return [{ type: 'call', id: event.callId, from: jidOf(event.from), status: 'offer', video: event.video }];
    case 'picture-changed':
      return event.of === 'own' ? [] : [{ type: 'picture', jid: jidOf(event.of), gone: event.gone }];
    case 'post':
      return [{ type: 'said', id: event.post.waId, said: said(event.post.content) }];
    case 'message-ack':
      return [fromAck(event)];
    case 'receipt':
      return fromReceipt(event);
    default:
      return [];
  }
}

type Of<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

const nameOf = ({ pushName }: Identity): EventOf<'name'>[] =>
  pushName === null ? [] : [{ type: 'name', name: pushName }];

function fromMessage({ message }: Of<'message'>): ClientEvent[] {
  const { waId: id, chat, sender, content, fromMe } = message;
  const heard: ClientEvent = { type: 'said', id, said: toHeard(message) };
  if (content.kind !== 'text') return [heard];
  return [heard, { type: 'message', id, chat: jidOf(chat), sender: jidOf(sender), text: content.text, fromMe }];
}

/** The codes that the port keeps apart (protocol.md B.6); of the others the number stands in the detail. */
const numbers: Record<string, number> = { reach_out_time_lock: 463, new_chat_limit: 475, rate_limited: 429 };

function fromAck({ waId: id, failure }: Of<'message-ack'>): EventOf<'status'> {
  if (!failure) return { type: 'status', id, status: 'sent', by: null };
  const code = numbers[failure.code] ?? Number(/\d+/.exec(failure.detail)?.[0]);
  return { type: 'status', id, status: 'failed', by: null, code };
}

function fromReceipt({ waIds, by, status }: Of<'receipt'>): EventOf<'status'>[] {
  if (status === 'played') return [];
  return waIds.map((id) => ({ type: 'status', id, status, by: by && personJid(by) }));
}

export function toRecipient(jid: string): PersonAddress | GroupJid {
  const address = parseJid(jid);
  if (address.kind === 'phone') return { phone: address.phone, lid: null };
  if (address.kind === 'lid') return { phone: null, lid: address.lid };
  if (address.kind === 'group') return address.group;
  throw new Error(`${jid} is neither a person nor a group`);
}
