'use client';

import type { Message } from '@trunkline/contracts';
import { useFormatter, useTranslations } from 'use-intl';

/** What went wrong with a message: its code, the cause, whether it can have arrived all the same, what to do. */
export function WhyFailed({ message: { failure, retryOf } }: { message: Message }) {
  const t = useTranslations('outbox');
  const format = useFormatter();
  if (!failure) return retryOf ? <p className="mt-4 text-[0.8125rem] text-ink-soft">{t('isAgain')}</p> : null;
  const { code, message, certain, mend, until } = failure;
  const lines = [
    [t('why.cause'), message],
    [t('why.code'), <code key="code">{code}</code>],
    [t('why.arrived'), t(certain ? 'why.certain' : 'why.uncertain')],
    [t('why.mend'), mend ?? t('why.noMend')],
    ...(until
      ? [[t('why.until'), format.dateTime(new Date(until), { dateStyle: 'medium', timeStyle: 'short' })] as const]
      : []),
  ] as const;
  return (
    <section className="mt-6">
      <h3 className="text-[0.8125rem] font-semibold">{t('why.title')}</h3>
      <dl className="mt-2 grid gap-2 text-[0.8125rem]">
        {lines.map(([name, said]) => (
          <div key={name}>
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-pretty">{said}</dd>
          </div>
        ))}
      </dl>
      {retryOf && <p className="mt-4 text-[0.8125rem] text-ink-soft">{t('isAgain')}</p>}
    </section>
  );
}
