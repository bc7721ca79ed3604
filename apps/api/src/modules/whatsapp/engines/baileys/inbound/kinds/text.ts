import type { LidUser, PhoneDigits } from '../../../../jid.js';
import { e164, parseJid } from '../../../../jid.js';
import type { LinkPreview, Mention } from '@trunkline/contracts';
import type { proto } from 'baileys';
import { filled, type Reader } from './kind.js';

export const readText: Reader<'text'> = (message) => {
  const text = message.conversation || message.extendedTextMessage?.text;
  if (!text) return undefined;
  const mentions = (message.extendedTextMessage?.contextInfo?.mentionedJid ?? []).flatMap(mentionOf);
  const preview = previewOf(text, message.extendedTextMessage);
  return { kind: 'text', text, ...(mentions.length > 0 ? { mentions } : {}), ...(preview ? { preview } : {}) };
};

/** Base64 of this is what a preview may hold. */
const MOST_THUMBNAIL = 24 * 1024;

/** Made by who sent it, of whatever they liked: words and a picture, and of a link that stands in the text. */
function previewOf(
  text: string,
  message: proto.Message.IExtendedTextMessage | null | undefined,
): LinkPreview | undefined {
  const { matchedText: url, title, description, jpegThumbnail: picture } = message ?? {};
  if (!url || !title || url.length > 2_048 || !text.includes(url)) return undefined;
  const thumbnail =
    picture?.length && picture.length <= MOST_THUMBNAIL ? Buffer.from(picture).toString('base64') : null;
  return { url, title: title.slice(0, 300), ...filled({ description: description?.slice(0, 1_000), thumbnail }) };
}

function mentionOf(jid: string): Mention[] {
  const address = parseJid(jid);
  if (address.kind === 'phone') return [{ phoneNumber: e164(address.phone satisfies PhoneDigits), lid: null }];
  return address.kind === 'lid' ? [{ phoneNumber: null, lid: address.lid satisfies LidUser }] : [];
}
