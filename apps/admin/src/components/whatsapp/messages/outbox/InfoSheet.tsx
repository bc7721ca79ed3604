'use client';

import type { MemberReceipt, Message } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { Sheet, SheetContent } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { itemsOf } from '@/lib/live/pages';
import { listReceipts } from '@/lib/queries/messages';
import { LoadMore } from '../../LoadMore';
import { PhoneNumber } from '../../PhoneNumber';
import { QueryFailed } from '../../QueryFailed';
import { WhyFailed } from './WhyFailed';

interface InfoSheetProps {
  message: Message;
  open: boolean;
  onClose: () => void;
}

/** Nobody has it, and nobody will. */
const gotNowhere = ({ status, failure }: Message): boolean =>
  ['queued', 'cancelled', 'expired'].includes(status) || failure?.certain === true;

/** When a message of ours came to each status, and how far it came with each who gets it. */
export function InfoSheet({ message, open, onClose }: InfoSheetProps) {
  const t = useTranslations('outbox');
  return (
    <Sheet open={open} onOpenChange={(next) => !next && onClose()}>
      <SheetContent title={t('details')}>
        <div className="flex-1 overflow-y-auto px-5 py-3" tabIndex={0} role="region" aria-label={t('details')}>
          <Times message={message} />
          <WhyFailed message={message} />
          {!gotNowhere(message) && <Receipts messageId={message.id} />}
        </div>
      </SheetContent>
    </Sheet>
  );
}

const STEPS = [
  ['created', 'createdAt'],
  ['notBefore', 'notBefore'],
  ['notAfter', 'notAfter'],
  ['sending', 'sendingAt'],
  ['unknown', 'unknownAt'],
  ['sent', 'sentAt'],
  ['delivered', 'deliveredAt'],
  ['read', 'readAt'],
  ['played', 'playedAt'],
  ['failed', 'failedAt'],
  ['cancelled', 'cancelledAt'],
  ['expired', 'expiredAt'],
] as const;

function Times({ message }: { message: Message }) {
  const t = useTranslations('outbox.step');
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-[0.8125rem]">
      {STEPS.map(([step, time]) => {
        const at = message[time];
        return (
          at && (
            <div key={step} className="contents">
              <dt className="text-ink-soft">{t(step)}</dt>
              <dd className="tabular text-end">
                <Exact at={at} />
              </dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

function Receipts({ messageId }: { messageId: string }) {
  const t = useTranslations('outbox');
  const query = useInfiniteQuery(listReceipts(messageId));
  if (query.isPending) return <Skeleton className="mt-6 h-16 rounded-lg" />;
  if (query.isError && !query.data) return <QueryFailed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <section className="mt-6">
      <h3 className="text-[0.8125rem] font-semibold">{t('recipients')}</h3>
      <ul className="mt-1 divide-y">
        {itemsOf(query.data).map((receipt) => (
          <Member key={receipt.personId} receipt={receipt} />
        ))}
      </ul>
      <LoadMore query={query} />
    </section>
  );
}

function Member({ receipt: { name, phoneNumber, deliveredAt, readAt, playedAt } }: { receipt: MemberReceipt }) {
  const t = useTranslations('outbox');
  const [step, at] = playedAt
    ? (['played', playedAt] as const)
    : readAt
      ? (['read', readAt] as const)
      : (['delivered', deliveredAt] as const);
  return (
    <li className="flex items-baseline justify-between gap-3 py-2">
      <span className="truncate">
        {name ? <bdi>{name}</bdi> : phoneNumber ? <PhoneNumber value={phoneNumber} /> : t('someone')}
      </span>
      <span className="tabular shrink-0 text-xs text-ink-soft">
        {at ? (
          <>
            {t(`step.${step}`)} <Exact at={at} />
          </>
        ) : (
          t('notYet')
        )}
      </span>
    </li>
  );
}

function Exact({ at }: { at: string }) {
  const format = useFormatter();
  return <time dateTime={at}>{format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })}</time>;
}
