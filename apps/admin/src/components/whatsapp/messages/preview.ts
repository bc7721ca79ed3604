'use client';

import type { MessageContent } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { unmarked } from '@/lib/format/marked-text';
import { withNames } from '@/lib/format/mentions';
import { usePhoneLibrary } from '@/lib/hooks/usePhoneLibrary';

/** One line that stands for a message, without the marks of its text: in the list of chats, in a quote, above the composer. */
export function usePreview(): (content: MessageContent) => string {
  const t = useTranslations('messages');
  usePhoneLibrary();
  return (content) => {
    switch (content.kind) {
      case 'text':
        return withNames(unmarked(content.text), content.mentions ?? [], { you: t('you'), hidden: t('mentionHidden') });
      case 'choice':
      case 'edit':
        return unmarked(content.text);
      case 'choices':
        return unmarked(content.text) || content.title || t('kind.choices');
      case 'image':
      case 'video':
      case 'gif':
        return join(t(`kind.${content.kind}`), content.caption);
      case 'document':
        return join(t('kind.document'), content.caption ?? content.fileName);
      case 'audio':
      case 'voice':
      case 'sticker':
        return t(`kind.${content.kind}`);
      case 'location':
        return join(t('kind.location'), content.name);
      case 'live_location':
        return join(t('kind.live_location'), content.caption);
      case 'contacts':
        return join(t('kind.contacts'), content.contacts.map(({ name }) => name).join(', '));
      case 'poll':
        return join(t('kind.poll'), content.question);
      case 'event':
        return join(t('kind.event'), content.name);
      case 'call':
        return join(t(content.video ? 'kind.videoCall' : 'kind.call'), t(`call.${content.outcome}`));
      case 'gone':
        return t(`noMore.${content.why}`);
      case 'reaction':
        return content.emoji;
      default:
        return t('unsupported');
    }
  };
}

const join = (kind: string, what: string | undefined): string => (what ? `${kind}: ${unmarked(what)}` : kind);
