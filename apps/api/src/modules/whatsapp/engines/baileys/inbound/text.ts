import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';

export function readText(message: proto.IMessage): MessageContent | undefined {
  const text = message.conversation || message.extendedTextMessage?.text;
  return text ? { kind: 'text', text } : undefined;
}
