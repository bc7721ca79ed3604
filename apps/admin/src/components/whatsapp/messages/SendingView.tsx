'use client';

import { contentOf, type MessageContent, type SendContent } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { ApiError } from '@/lib/api/error';
import { UploadView } from './attach/UploadView';
import { MarkedText } from './bubble/content/TextView';
import { usePreview } from './preview';
import { Ticks } from './Ticks';
import type { Sending } from './useSend';

interface SendingViewProps {
  sending: Sending;
  onAgain: () => void;
  /** For a file that is not of the kind that it was to be. */
  onAsDocument: () => void;
  onDiscard: () => void;
}

/** Written here and not accepted yet. If the request failed, the text is not lost: it can be tried again or dropped. */
export function SendingView({ sending, onAgain, onAsDocument, onDiscard }: SendingViewProps) {
  const t = useTranslations('messages');
  const errorText = useErrorText();
  const failed = sending.status === 'error';
  const content = contentOf(sending.body);
  const preview = usePreview();
  const { upload } = sending;
  const misfit =
    upload &&
    sending.error instanceof ApiError &&
    sending.error.field('content.mediaId') &&
    content.kind !== 'document';
  const status = failed ? 'failed' : 'queued';
  return (
    <article data-direction="out" className="flex flex-col items-end pt-2.5">
      <div
        className={cn(
          'max-w-[85%] rounded-2xl rounded-ee-md bg-bubble-out px-3 py-1.5 shadow-card md:max-w-[70%]',
          !upload && 'opacity-80',
        )}
      >
        {upload ? (
          <UploadView upload={upload} content={content} stopped={failed} onCancel={onDiscard} />
        ) : content.kind === 'text' ? (
          <MarkedText text={content.text} />
        ) : (
          <p className="break-words whitespace-pre-wrap" dir="auto">
            {content.kind === 'forward' ? t('forwarded') : preview(asStored(content))}
          </p>
        )}
        <p className="flex justify-end text-ink-soft">
          <Ticks message={{ status, queuedReason: null, sentAt: null, deliveredAt: null, readAt: null }} />
        </p>
      </div>
      {failed && (
        <div role="alert" className="mt-1 flex flex-wrap items-center justify-end gap-x-3 text-xs text-bad">
          {errorText(sending.error)}
          {misfit ? (
            <Button variant="link" size="small" onClick={onAsDocument}>
              {t('sendAsDocument')}
            </Button>
          ) : (
            <Button variant="link" size="small" onClick={onAgain}>
              {t('tryAgain')}
            </Button>
          )}
          <Button variant="link" size="small" className="text-ink-soft" onClick={onDiscard}>
            {t('discard')}
          </Button>
        </div>
      )}
    </article>
  );
}

/** Enough of it to say in one line what it is. */
const asStored = (content: Exclude<SendContent, { kind: 'forward' }>): MessageContent =>
  ({ ...content, ...('messageId' in content ? { targetWaId: '' } : {}) }) as MessageContent;
