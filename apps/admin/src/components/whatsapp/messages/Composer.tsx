'use client';

import { type Account, type SendContent, UNSTORED_MEDIA } from '@trunkline/contracts';
import { Mic, SendHorizontal, X } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { fieldStyle } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { draftOf, keepDraft } from '@/lib/drafts';
import { Upload } from '@/lib/upload/upload';
import { QueueLine } from '../QueueLine';
import { AttachMenu } from './compose/AttachMenu';
import type { Offered } from './attach/offered';
import { wordsOf } from './bubble/possible';
import { SendLater } from './outbox/SendLater';
import type { Timing } from './outbox/timing';
import type { Extras } from './outgoing';
import { usePreview } from './preview';
import { RecorderBar } from './voice/RecorderBar';
import { useRecorder } from './voice/useRecorder';
import { useShowRecording } from './voice/useShowRecording';
import { sends } from './sends';
import { useShowTyping } from './useShowTyping';
import type { About } from './useConversationActs';

interface ComposerProps {
  threadKey: string;
  /** Null while the chat does not exist. */
  chatId: string | null;
  account: Account | undefined;
  /** What is answered or edited. */
  about: About | null;
  onClear: () => void;
  onSend: (content: SendContent, extras?: Extras) => void;
  onFiles: (given: Offered) => void;
}

export function Composer({ threadKey, chatId, account, about, onClear, onSend, onFiles }: ComposerProps) {
  const t = useTranslations('messages');
  const files = useTranslations('files');
  const [text, setText] = useState(() => draftOf(threadKey));
  const showTyping = useShowTyping(chatId);
  const box = useRef<HTMLTextAreaElement>(null);
  const editing = about?.act === 'edit';
  // What is edited was said already: what was begun before waits until that is over.
  useEffect(() => {
    if (!editing) keepDraft(threadKey, text);
  }, [editing, threadKey, text]);
  useEffect(() => {
    // A keyboard that comes up by itself would hide the conversation on a phone.
    if (about || matchMedia('(pointer: fine)').matches) box.current?.focus();
    if (about?.act !== 'edit') return;
    setText(wordsOf(about.message.content) ?? '');
    return () => setText(draftOf(threadKey));
  }, [about, threadKey]);
  const write = (timing?: Timing) => {
    if (text.trim() === '') return;
    onSend({ kind: 'text', text: text.trim() }, { timing });
    setText('');
  };
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    write();
  };
  const recorder = useRecorder(({ file, waveform }) => {
    if (account) onSend({ kind: 'voice', mediaId: UNSTORED_MEDIA, waveform }, { upload: new Upload(account.id, file) });
  });
  useShowRecording(recorder.phase === 'recording' ? chatId : null);
  return (
    <div className="shrink-0 border-t bg-surface px-3 py-2.5 md:px-5">
      {account && <QueueLine accountId={account.id} otherwise={<Offline account={account} />} className="mb-2" />}
      {about && <AboutLine about={about} onClear={onClear} />}
      {recorder.phase === 'recording' || recorder.phase === 'packing' ? (
        <RecorderBar recorder={recorder} />
      ) : (
        // The forms of dialogs that open from here are sent through this one, too, as React sees it.
        <form
          onSubmit={(event) => event.target === event.currentTarget && send(event)}
          className="flex items-end gap-2"
        >
          <AttachMenu onSend={onSend} onFiles={onFiles} />
          <textarea
            ref={box}
            aria-label={t('message')}
            placeholder={t('placeholder')}
            rows={1}
            maxLength={65_536}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              showTyping(event.target.value);
            }}
            onKeyDown={(event) => {
              if (sends(event)) send(event);
              if (event.key === 'Escape' && about) onClear();
            }}
            className={cn(
              fieldStyle,
              'field-sizing-content max-h-40 min-h-10 resize-none rounded-2xl py-2.5 leading-5',
            )}
          />
          {!editing && <SendLater disabled={text.trim() === ''} onSend={write} />}
          {text.trim() === '' && !editing ? (
            <Button
              variant="primary"
              size="icon"
              className="size-10 rounded-full"
              aria-label={files('record')}
              busy={recorder.phase === 'asking'}
              disabled={!account}
              onClick={() => void recorder.begin()}
            >
              {recorder.phase !== 'asking' && <Mic />}
            </Button>
          ) : (
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
          )}
        </form>
      )}
    </div>
  );
}

function Offline({ account }: { account: Account }) {
  const t = useTranslations('messages');
  if (account.state.connection === 'connected') return null;
  return (
    <p className="mb-2 rounded-lg bg-warn-wash px-3 py-1.5 text-[0.8125rem] text-warn">
      {t('offline', { name: account.name })}
    </p>
  );
}

function AboutLine({ about: { act, message }, onClear }: { about: About; onClear: () => void }) {
  const t = useTranslations('messages');
  const preview = usePreview();
  return (
    <div className="mb-2 flex items-center gap-2 rounded-lg border-s-3 border-accent bg-sunken px-3 py-1.5 text-[0.8125rem]">
      <span dir="auto" className="line-clamp-2 flex-1 text-ink-soft">
        {act === 'edit' && <span className="block text-xs font-semibold text-accent">{t('editing')}</span>}
        {preview(message.content)}
      </span>
      <Button variant="ghost" size="icon-small" aria-label={t(act === 'edit' ? 'noEdit' : 'noReply')} onClick={onClear}>
        <X />
      </Button>
    </div>
  );
}
