'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { seenQuery, sentQuery } from '@/lib/queries/sandbox';
import { exchangeOf, stateOf, type Item } from './exchange';
import { useNameOf } from './useNameOf';
import type { Who } from './who';

/** What reached this phone and was really decrypted there, and what was written on it. */
export function Exchange({ who, everybody }: { who: Who; everybody: Who[] }) {
  const t = useTranslations('sandbox');
  const { data: seen } = useQuery(seenQuery(who.number));
  const { data: sent } = useQuery(sentQuery(who.number));
  const items = exchangeOf(seen?.items ?? [], sent?.items ?? []);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = end.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [items.length]);
  return (
    <div
      ref={end}
      role="log"
      aria-label={t('exchange')}
      tabIndex={0}
      className="h-80 overflow-y-auto p-4 focus-visible:-outline-offset-2"
    >
      {items.length === 0 && <p className="py-10 text-center text-ink-soft">{t('nothingYet')}</p>}
      <ul className="grid gap-2">
        {items.map((item) => (
          <li key={`${item.kind}-${item.kind === 'seen' ? item.seen.n : item.sent.n}`}>
            <Line item={item} everybody={everybody} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ item, everybody }: { item: Item; everybody: Who[] }) {
  const t = useTranslations('sandbox');
  const format = useFormatter();
  const nameOf = useNameOf(everybody);
  const own = item.kind === 'sent' || item.seen.fromMe;
  const time = format.dateTime(item.at, { timeStyle: 'medium' });
  return (
    <div className={cn('flex flex-col', own ? 'items-end' : 'items-start')}>
      <p className="mb-0.5 text-xs text-ink-soft">
        {item.kind === 'sent' ? t('to', { who: nameOf(item.sent.to) }) : t('from', { who: nameOf(item.seen.from) })} ·{' '}
        {time}
      </p>
      <p
        className={cn(
          'max-w-[85%] break-words whitespace-pre-wrap rounded-2xl px-3 py-1.5',
          own ? 'bg-bubble-out' : 'bg-sunken',
        )}
        dir="auto"
      >
        {item.kind === 'seen' && item.seen.kind !== 'text' && (
          <Badge className="me-1.5">{t(`seenKind.${item.seen.kind}`)}</Badge>
        )}
        {item.kind === 'seen' ? item.seen.text : item.sent.text}
      </p>
      <p className="mt-0.5 text-xs text-ink-soft">
        {item.kind === 'sent'
          ? t(`sentState.${stateOf(item.sent)}`)
          : item.seen.times > 1 && <span className="text-bad">{t('times', { times: item.seen.times })}</span>}
      </p>
    </div>
  );
}
