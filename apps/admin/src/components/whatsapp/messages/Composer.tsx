'use client';

import type { Account } from '@trunkline/contracts';
import { SendHorizontal, X } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { fieldStyle } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import type { Bubble } from './fold';

/** What was begun in each conversation, until the page is left. */
const drafts = new Map<string, string>();

interface ComposerProps {
  threadKey: string;
  account: Account | undefined;
  quoted: Bubble | null;
  onUnquote: () => void;
  onSend: (text: string) => void;
}

export function Composer({ threadKey, account, quoted, onUnquote, onSend }: ComposerProps) {
  const t = useTranslations('messages');
  const [text, setText] = useState(() => drafts.get(threadKey) ?? '');
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => void drafts.set(threadKey, text), [threadKey, text]);
  useEffect(() => {
    // A keyboard that comes up by itself would hide the conversation on a phone.
    if (quoted || matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, [quoted]);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
  };
  return (
    <div className="shrink-0 border-t bg-surface px-3 py-2.5 md:px-5">
      <Offline account={account} />
      {quoted && <Quoted bubble={quoted} onUnquote={onUnquote} />}
      <form onSubmit={send} className="flex items-end gap-2">
        <textarea
          ref={box}
          aria-label={t('message')}
          placeholder={t('placeholder')}
          rows={1}
          maxLength={65_536}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => sends(event) && send(event)}
          className={cn(fieldStyle, 'field-sizing-content max-h-40 min-h-10 resize-none rounded-2xl py-2.5 leading-5')}
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          className="size-10 rounded-full"
          aria-label={t('send')}
          disabled={text.trim() === ''}
        >
          <SendHorizontal className="rtl:-scale-x-100" />
        </Button>
      </form>
    </div>
  );
}

/** Enter sends and Shift+Enter breaks the line; an Enter that chooses a word of an input method does neither. */
function sends(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229;
}

function Offline({ account }: { account: Account | undefined }) {
  const t = useTranslations('messages');
  if (!account || account.state.connection === 'connected') return null;
  return (
    <p className="mb-2 rounded-lg bg-warn-wash px-3 py-1.5 text-[0.8125rem] text-warn">
      {t('offline', { name: account.name })}
    </p>
  );
}

function Quoted({ bubble, onUnquote }: { bubble: Bubble; onUnquote: () => void }) {
  const t = useTranslations('messages');
  return (
    <div className="mb-2 flex items-center gap-2 rounded-lg border-s-3 border-accent bg-sunken px-3 py-1.5 text-[0.8125rem]">
      <span dir="auto" className="line-clamp-2 flex-1 text-ink-soft">
        {bubble.text ?? t('unsupported')}
      </span>
      <Button variant="ghost" size="icon-small" aria-label={t('noReply')} onClick={onUnquote}>
        <X />
      </Button>
    </div>
  );
}
