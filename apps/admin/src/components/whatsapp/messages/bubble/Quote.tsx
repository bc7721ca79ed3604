'use client';

import type { Quoted } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { usePreview } from '../preview';
import { useConversation } from './conversation';

/** What is answered; a press brings it into sight. */
export function Quote({ quoted }: { quoted: Quoted }) {
  const t = useTranslations('messages');
  const { show } = useConversation();
  const preview = usePreview();
  const { messageId, content, fromMe, name } = quoted;
  const who = fromMe ? t('you') : name;
  return (
    <button
      type="button"
      disabled={messageId === null}
      onClick={() => messageId && show(messageId)}
      className="mt-0.5 mb-1 block w-full rounded-lg border-s-3 border-accent bg-ink/5 px-2.5 py-1 text-start text-[0.8125rem] text-ink-soft enabled:hover:bg-ink/10"
    >
      {who && <span className="block text-xs font-semibold text-accent">{who}</span>}
      <span dir="auto" className="line-clamp-2 break-words">
        {content ? preview(content) : t('quotedUnknown')}
      </span>
    </button>
  );
}
