'use client';

import type { OptOutImported } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { DialogClose, DialogFooter } from '@/components/ui/dialog';

const SHOWN = 100;

/** What became of the file; the rows that are wrong by their numbers in it. */
export function ImportReport({ report }: { report: OptOutImported }) {
  const t = useTranslations('optOuts');
  const common = useTranslations('common');
  const wrong = report.rows.filter(({ outcome }) => outcome === 'wrong');
  return (
    <div role="status">
      <p className="text-pretty">
        {t('report', { added: report.added, already: report.already, wrong: report.wrong })}
      </p>
      {wrong.length > 0 && (
        <ul
          tabIndex={0}
          aria-label={t('wrongRows')}
          className="mt-3 max-h-60 overflow-y-auto rounded-lg bg-sunken p-3 text-[0.8125rem]"
        >
          {wrong.slice(0, SHOWN).map(({ row, value, message }) => (
            <li key={row} className="py-1">
              <span className="font-medium">{t('row', { row })}</span> <bdi className="break-all">{value}</bdi>
              <span className="block text-ink-soft">{message}</span>
            </li>
          ))}
        </ul>
      )}
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{common('close')}</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
