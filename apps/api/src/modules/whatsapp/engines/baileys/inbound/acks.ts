/** The server's word on a message that was sent: taken, or refused and why (protocol.md S3, B.6.5). */
import type { SendFailureCode } from '@trunkline/contracts';
import type { BinaryNode } from 'baileys';
import type { EngineEvent } from '../../engine.js';

export type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

/** 463: `outbound/cold.refusal.ts` finds out which of its two causes it has. */
const FAILURES: Record<string, SendFailureCode> = {
  413: 'too_large',
  429: 'rate_limited',
  463: 'contact_token_missing',
  475: 'new_chat_limit',
  479: 'devices_changed',
};
const PERSON_FAILURES: Record<string, SendFailureCode> = {
  401: 'recipient_blocked',
  403: 'recipient_blocked',
  404: 'not_on_whatsapp',
};
const GROUP_FAILURES: Record<string, SendFailureCode> = {
  401: 'group_not_member',
  403: 'group_not_member',
  404: 'group_unknown',
};

export function readAck({ attrs }: BinaryNode): Ack {
  const ack: Ack = { type: 'message-ack', waId: attrs.id ?? '', at: Number(attrs.t) * 1000 || null };
  if (!attrs.error || attrs.error === '0') return ack;
  const byChat = attrs.from?.endsWith('@g.us') ? GROUP_FAILURES : PERSON_FAILURES;
  const code = FAILURES[attrs.error] ?? byChat[attrs.error] ?? 'rejected';
  return { ...ack, failure: { code, detail: `the server refused it with ${attrs.error}` } };
}
