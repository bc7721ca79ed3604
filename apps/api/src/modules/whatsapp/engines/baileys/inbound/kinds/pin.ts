import { proto } from 'baileys';
import type { Reader } from './kind.js';

/** What clients take where nothing is said: WhatsApp offers a day, a week or a month. */
const WEEK_SECONDS = 7 * 24 * 3600;
const MOST_SECONDS = 366 * 24 * 3600;

export const readPin: Reader<'pin'> = ({ pinInChatMessage: pin, messageContextInfo }) => {
  const target = pin?.key?.id;
  if (!target) return undefined;
  const pinned = pin.type !== proto.Message.PinInChatMessage.Type.UNPIN_FOR_ALL;
  const said = Number(messageContextInfo?.messageAddOnDurationInSecs ?? 0);
  const seconds = said > 0 && said <= MOST_SECONDS ? Math.floor(said) : WEEK_SECONDS;
  return { kind: 'pin', targetWaId: target, pinned, seconds: pinned ? seconds : 0 };
};

export const readKeep: Reader<'keep'> = ({ keepInChatMessage: keep }) => {
  const target = keep?.key?.id;
  return target ? { kind: 'keep', targetWaId: target, kept: keep.keepType === proto.KeepType.KEEP_FOR_ALL } : undefined;
};
