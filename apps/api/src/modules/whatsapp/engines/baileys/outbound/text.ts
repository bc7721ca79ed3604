import type { MessageContent } from '@trunkline/contracts';
import type { proto } from 'baileys';

export const writeText = ({ text }: MessageContent & { kind: 'text' }): proto.IMessage => ({
  extendedTextMessage: { text },
});
