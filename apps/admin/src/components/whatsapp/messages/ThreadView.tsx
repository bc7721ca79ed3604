'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, LoaderCircle } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { BubbleView } from './bubble/BubbleView';
import { DayLine } from './DayLine';
import { asDocument, type Outgoing } from './outgoing';
import type { Row } from './rows';
import { observeFromEnd } from './keep-end';
import { LoadOlder } from './LoadOlder';
import { SendingView } from './SendingView';

interface ThreadViewProps {
  rows: Row[];
  isGroup: boolean;
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  /** A message to bring into sight, while it is one. */
  shown: string | null;
  /** Of which chat the phone is asked for older messages. */
  chatId: string | null;
  onAgain: (outgoing: Outgoing, changed?: Outgoing) => void;
  onDiscard: (outgoing: Outgoing) => void;
}

/** From the newest up: older ones come as one scrolls, without a jump, and only what is in sight is in the page. */
export function ThreadView({ rows, isGroup, query, shown, chatId, onAgain, onDiscard }: ThreadViewProps) {
  const t = useTranslations('messages');
  const scroller = useRef<HTMLDivElement>(null);
  const [settled, setSettled] = useState(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? 44 : 58),
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 120,
    overscan: 10,
    paddingEnd: 16,
    observeElementRect: observeFromEnd,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  useLayoutEffect(() => {
    virtual.scrollToEnd();
    setSettled(true);
  }, [virtual]);
  useEffect(() => {
    const at = shown === null ? -1 : rows.findIndex(({ key }) => key === shown);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' });
    // Rows that come later must not scroll again.
  }, [shown, virtual]);
  useOlder(settled && first < 8, query);
  useOwnInSight(rows, () => virtual.scrollToEnd());
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={t('conversation')}
        tabIndex={0}
        className="flex h-full flex-col overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="relative mt-auto w-full shrink-0" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ key, index, start }) => (
            <div
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              className={cn(
                'absolute inset-x-0 top-0 px-3 transition-colors duration-1000 md:px-6',
                shown !== null && key === shown && 'bg-accent-wash',
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              <RowView
                row={rows[index] as Row}
                isGroup={isGroup}
                chatId={chatId}
                onAgain={onAgain}
                onDiscard={onDiscard}
              />
            </div>
          ))}
        </div>
      </div>
      {query.isFetchingNextPage && (
        <span
          role="status"
          aria-label={t('loadingOlder')}
          className="absolute inset-x-0 top-3 mx-auto grid size-8 place-items-center rounded-full border bg-surface shadow-card"
        >
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
        </span>
      )}
      {settled && virtual.getDistanceFromEnd() > 400 && (
        <Button
          size="icon"
          className="absolute bottom-4 end-4 rounded-full shadow-high"
          aria-label={t('toNewest')}
          onClick={() => virtual.scrollToEnd({ behavior: 'smooth' })}
        >
          <ChevronDown />
        </Button>
      )}
    </div>
  );
}

interface RowViewProps extends Pick<ThreadViewProps, 'isGroup' | 'chatId' | 'onAgain' | 'onDiscard'> {
  row: Row;
}

function RowView({ row, isGroup, chatId, onAgain, onDiscard }: RowViewProps) {
  if (row.kind === 'older') return chatId && <LoadOlder chatId={chatId} />;
  if (row.kind === 'day') return <DayLine at={row.at} />;
  if (row.kind === 'sending') {
    return (
      <SendingView
        sending={row.sending}
        onAgain={() => onAgain(row.sending)}
        onAsDocument={() => onAgain(row.sending, asDocument(row.sending))}
        onDiscard={() => onDiscard(row.sending)}
      />
    );
  }
  return <BubbleView message={row.message} joined={row.joined} sentAgain={row.sentAgain} isGroup={isGroup} />;
}

/** Asks for the page before when the top comes near. */
function useOlder(near: boolean, { hasNextPage, isFetchingNextPage, fetchNextPage }: ThreadViewProps['query']): void {
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** What one writes oneself comes into sight wherever one was reading. */
function useOwnInSight(rows: Row[], show: () => void): void {
  const last = rows[rows.length - 1];
  const own = last?.kind === 'sending' ? last.key : null;
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    if (own) latest.current();
  }, [own]);
}
