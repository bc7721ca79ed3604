import { randomUUID } from 'node:crypto';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import type { InboundMessage } from '../engines/engine.js';
import type { PersonAddress, PhoneDigits } from '../jid.js';
import { writeInbound } from '../messages/inbound/inbound.writer.js';

export const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };

/** A text from Ada, as an engine hands it over, but for what the spec says. */
export const inboundMessage = (over: Partial<InboundMessage> = {}): InboundMessage => ({
  waId: randomUUID(),
  chat: ada,
  sender: ada,
  senderName: 'Ada',
  fromMe: false,
  content: { kind: 'text', text: 'hi' },
  quotedWaId: null,
  forwardingScore: 0,
  viewOnce: false,
  ephemeralSeconds: null,
  at: Date.now(),
  history: false,
  raw: new Uint8Array([1]),
  ...over,
});

/** Written as the account's journal writes them, in one transaction; nothing is sealed. */
export function receiveInbound(store: Store, accountId: string, received: readonly InboundMessage[]) {
  const entries = received.map((message) => ({ accountId, network: 'sandbox' as const, message }));
  const seals = {
    raw: (_: string, __: string, raw: Uint8Array) => Buffer.from(raw),
    reference: () => Buffer.from('sealed'),
  };
  return transact(store.pool, (sql) => writeInbound(sql, entries, seals, new Date()));
}
