/** The server's word on a message that was sent: taken, or refused and why (protocol.md S3, B.6.5). */
import type { BinaryNode } from 'baileys';
import type { EngineEvent, SendFailureCode } from '../../engine.js';

type Ack = Extract<EngineEvent, { type: 'message-ack' }>;

/** 463: may not write first. 475: too many new chats. 479: the stanza did not fit the recipient's devices. */
const FAILURES: Record<string, SendFailureCode> = {
  429: 'rate_limited',
  463: 'reach_out_time_lock',
  475: 'new_chat_limit',
};
const GROUP_FAILURES: Record<string, SendFailureCode> = {
  401: 'group_not_allowed',
  403: 'group_not_allowed',
  404: 'group_unknown',
};

export function readAck({ attrs }: BinaryNode): Ack {
  const ack: Ack = { type: 'message-ack', waId: attrs.id ?? '', at: Number(attrs.t) * 1000 || null };
  if (!attrs.error || attrs.error === '0') return ack;
  const forGroup = attrs.from?.endsWith('@g.us') ? GROUP_FAILURES[attrs.error] : undefined;
  const code = FAILURES[attrs.error] ?? forGroup ?? 'rejected';
  return { ...ack, failure: { code, detail: `the server refused it with ${attrs.error}` } };
}
