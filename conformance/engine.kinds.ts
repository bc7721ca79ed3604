/** What is said and heard, between the words of driver.ts and the engine port's. */
import { hasMedia, type MessageContent } from '@trunkline/contracts';
import type { InboundMessage, OutboundMessage } from '../apps/api/src/modules/whatsapp/engines/engine.js';
import { e164, parseJid, personJid } from '../apps/api/src/modules/whatsapp/jid.js';
import type { Heard, Saying } from './driver.js';

type Said = Omit<OutboundMessage, 'waId' | 'to'>;
/** What this account heard, or said itself (`sender` null). */
export type Known = Pick<InboundMessage, 'content' | 'forwardingScore'> & { sender: InboundMessage['sender'] | null };

/** Throws for what the engine port has no kind for. */
export function toSaid(saying: Saying, known: (id: string) => Known): Said {
  switch (saying.kind) {
    case 'text':
      return { content: { kind: 'text', text: saying.text, mentions: (saying.mentions ?? []).map(mentionOf) } };
    case 'link': {
      const { text, url, title, description } = saying;
      return { content: { kind: 'text', text, preview: { url, title, description } } };
    }
    case 'disappearing':
      return { content: { kind: 'text', text: saying.text }, ephemeralSeconds: saying.seconds };
    case 'reply':
      return {
        content: { kind: 'text', text: saying.text },
        quoted: { waId: saying.about, ...whose(known(saying.about)) },
      };
    case 'forward': {
      const { content, forwardingScore } = known(saying.about);
      return { content, forwardingScore: forwardingScore + 1 };
    }
    case 'reaction':
    case 'edit':
    case 'delete':
    case 'vote': {
      const { about: targetWaId, ...said } = saying;
      const { of: _, ...rest } = { of: undefined, ...said };
      const target = known(targetWaId);
      return { content: { ...rest, targetWaId }, target: { ...whose(target), kind: target.content.kind } };
    }
    case 'contacts': {
      const contacts = saying.contacts.map(({ name, phone }) => ({ name, phones: [phone] }));
      return { content: { kind: 'contacts', contacts } };
    }
    case 'event': {
      const startsAt = new Date(saying.startsAt).toISOString();
      return { content: { ...saying, startsAt, endsAt: null, cancelled: false } };
    }
    case 'location':
    case 'poll':
      return { content: saying };
    default:
      throw new Error(`our engine has no verb for a ${saying.kind}`);
  }
}

const whose = ({ content, sender }: Known) => ({ content, sender, fromMe: sender === null });

function mentionOf(jid: string): { phoneNumber: string | null; lid: string | null } {
  const address = parseJid(jid);
  if (address.kind === 'phone') return { phoneNumber: e164(address.phone), lid: null };
  return { phoneNumber: null, lid: address.kind === 'lid' ? address.lid : null };
}

/** Without what is empty, as the words of the foreign clients are. */
export function toHeard({ content, quotedWaId, forwardingScore, ephemeralSeconds, viewOnce }: InboundMessage): Heard {
  const around = { quotes: quotedWaId, score: forwardingScore, seconds: ephemeralSeconds, viewOnce };
  return filled({ ...around, ...said(content) });
}

export function said(content: MessageContent): Heard {
  switch (content.kind) {
    case 'text': {
      const mentions = content.mentions?.map(({ phoneNumber, lid }) =>
        lid === null ? `${phoneNumber?.slice(1)}@s.whatsapp.net` : `${lid}@lid`,
      );
      return { kind: 'text', text: content.text, mentions, preview: content.preview ?? undefined };
    }
    case 'contacts':
      return { kind: 'contacts', contacts: content.contacts.map(({ name, phones }) => ({ name, phone: phones[0] })) };
    case 'choices':
      return { kind: 'choices', text: content.text, choices: content.choices.map(({ text }) => text) };
    case 'event': {
      const { kind, name, place, startsAt } = content;
      return { kind, name, place, startsAt: Date.parse(startsAt ?? '') };
    }
    default:
      return hasMedia(content) ? { kind: content.kind } : inWords(content);
  }
}

/** The rest says the same in both; only what it is about is called otherwise. */
function inWords(content: MessageContent): Heard {
  const { targetWaId: about, ...rest } = content as { kind: string; targetWaId?: string };
  return filled({ ...rest, about });
}

function filled(words: Heard): Heard {
  const known = Object.entries(words).filter(([, value]) => value !== null && value !== undefined && value !== false);
  return Object.fromEntries(known.filter(([name, value]) => value !== 0 || name !== 'score')) as Heard;
}

export const jidOf = (chat: InboundMessage['chat']): string => (typeof chat === 'string' ? chat : personJid(chat));
