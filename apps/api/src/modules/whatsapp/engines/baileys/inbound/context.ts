/** What stands around the content of a message: what it answers, how often it was forwarded, how long it lives. */
import { proto } from 'baileys';
import type { InboundMessage } from '../../engine.js';
import { contentOf } from './plaintext.js';

type Context = Pick<InboundMessage, 'quotedWaId' | 'forwardingScore' | 'viewOnce' | 'ephemeralSeconds'>;

const MOST_TIMES = 1_000_000;
const MOST_SECONDS = 366 * 24 * 3600;

export function readContext(message: proto.IMessage): Context {
  const info = contextInfoOf(message);
  const score = Number(info?.forwardingScore ?? 0);
  const expiration = Number(info?.expiration ?? 0);
  return {
    quotedWaId: info?.stanzaId || null,
    forwardingScore: Math.min(MOST_TIMES, Math.max(score, info?.isForwarded ? 1 : 0)),
    viewOnce: isViewOnce(message),
    ephemeralSeconds: expiration > 0 && expiration <= MOST_SECONDS ? expiration : null,
  };
}

/** Each kind that has one keeps it in its own part. */
function contextInfoOf(message: proto.IMessage): proto.IContextInfo | undefined {
  for (const part of Object.values(contentOf(message)) as ({ contextInfo?: proto.IContextInfo | null } | null)[]) {
    if (part && typeof part === 'object' && part.contextInfo) return part.contextInfo;
  }
  return undefined;
}

function isViewOnce(message: proto.IMessage): boolean {
  const { imageMessage, videoMessage, audioMessage } = contentOf(message);
  const inside = imageMessage?.viewOnce || videoMessage?.viewOnce || audioMessage?.viewOnce;
  const wrapped = message.ephemeralMessage?.message ?? message;
  return Boolean(inside || wrapped.viewOnceMessage || wrapped.viewOnceMessageV2 || wrapped.viewOnceMessageV2Extension);
}

/** The chat's new timer, in seconds; 0 takes it away. Undefined for what sets none. */
export function readTimer({ protocolMessage }: proto.IMessage): number | undefined {
  if (protocolMessage?.type !== proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING) return undefined;
  const seconds = Number(protocolMessage.ephemeralExpiration ?? 0);
  return seconds >= 0 && seconds <= MOST_SECONDS ? seconds : undefined;
}
