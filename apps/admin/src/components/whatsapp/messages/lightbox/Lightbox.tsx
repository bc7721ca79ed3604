'use client';

import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { Dialog, Direction } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { fileAddress } from '@/lib/api/media';
import { cn } from '@/lib/cn';
import { RememberOpener, useFocusBack } from '@/components/ui/focus-back';
import { MarkedText } from '../bubble/content/TextView';
import { LargeView } from './LargeView';
import { type Shown, viewables, type Viewable } from './viewable';

interface LightboxProps {
  /** Newest first. */
  messages: readonly Shown[];
  /** The one that is open. */
  shown: string | null;
  onShow: (messageId: string | null) => void;
}

/** A picture or film over the whole page; arrow keys lead to the one before and the one after. */
export function Lightbox({ messages, shown, onShow }: LightboxProps) {
  const all = viewables(messages, shown);
  const at = all.findIndex(({ id }) => id === shown);
  const message = all[at];
  return (
    <Dialog.Root open={message !== undefined} onOpenChange={() => onShow(null)}>
      {message && <Opened message={message} before={all[at - 1]?.id} after={all[at + 1]?.id} onShow={onShow} />}
    </Dialog.Root>
  );
}

interface OpenedProps {
  message: Viewable;
  before: string | undefined;
  after: string | undefined;
  onShow: (messageId: string) => void;
}

function Opened({ message, before, after, onShow }: OpenedProps) {
  const t = useTranslations('messages');
  const rtl = Direction.useDirection() === 'rtl';
  const { opener, onCloseAutoFocus } = useFocusBack();
  const { content } = message;
  const caption = 'caption' in content ? content.caption : undefined;
  const leaf = ({ key, target }: KeyboardEvent) => {
    // In a film they wind.
    if (target instanceof HTMLVideoElement) return;
    const next = { ArrowLeft: rtl ? after : before, ArrowRight: rtl ? before : after }[key];
    if (next) onShow(next);
  };
  return (
    <Dialog.Portal>
      <RememberOpener opener={opener} />
      <Dialog.Overlay className="fixed inset-0 z-40 bg-black/90 data-[state=open]:animate-appear" />
      <Dialog.Content
        aria-describedby={undefined}
        onCloseAutoFocus={onCloseAutoFocus}
        onKeyDown={leaf}
        className="fixed inset-0 z-50 flex flex-col text-white focus:outline-none"
      >
        <Head message={message} />
        <div className="relative flex min-h-0 flex-1 items-center justify-center px-2 md:px-16">
          <LargeView key={message.id} message={message} />
          <Leaf label={t('media.before')} to={before} side="start" onShow={onShow}>
            <ChevronLeft className="rtl:-scale-x-100" />
          </Leaf>
          <Leaf label={t('media.after')} to={after} side="end" onShow={onShow}>
            <ChevronRight className="rtl:-scale-x-100" />
          </Leaf>
        </div>
        <div className="max-h-32 min-h-10 shrink-0 overflow-y-auto px-6 py-3 text-center">
          {caption && <MarkedText text={caption} />}
        </div>
      </Dialog.Content>
    </Dialog.Portal>
  );
}

const round = 'grid size-10 place-items-center rounded-full bg-black/50 hover:bg-white/20 [&_svg]:size-5';

function Head({ message: { content, media, sender, direction, timestamp } }: { message: Viewable }) {
  const t = useTranslations('messages');
  const common = useTranslations('common');
  const format = useFormatter();
  const who = direction === 'out' ? t('you') : (sender?.name ?? sender?.phoneNumber ?? t('someone'));
  return (
    <div className="flex shrink-0 items-center gap-2 px-4 py-2">
      <div className="min-w-0 flex-1">
        <Dialog.Title className="truncate font-semibold">
          {t('media.by', { kind: t(`kind.${content.kind}`), who })}
        </Dialog.Title>
        <p className="text-xs text-white/75">
          {format.dateTime(new Date(timestamp), { dateStyle: 'medium', timeStyle: 'short' })}
        </p>
      </div>
      <a href={`${fileAddress(media.id)}?download=1`} download aria-label={t('media.download')} className={round}>
        <Download aria-hidden />
      </a>
      <Dialog.Close aria-label={common('close')} className={round}>
        <X aria-hidden />
      </Dialog.Close>
    </div>
  );
}

interface LeafProps {
  label: string;
  to: string | undefined;
  side: 'start' | 'end';
  onShow: (messageId: string) => void;
  children: ReactNode;
}

function Leaf({ label, to, side, onShow, children }: LeafProps) {
  if (!to) return null;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={() => onShow(to)}
      className={cn(round, 'absolute top-1/2 -translate-y-1/2', side === 'start' ? 'start-3' : 'end-3')}
    >
      {children}
    </button>
  );
}
