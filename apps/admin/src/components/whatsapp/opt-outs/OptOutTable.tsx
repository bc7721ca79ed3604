'use client';

import type { OptOut } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { PhoneNumber } from '../PhoneNumber';
import { TimeAgo } from '../TimeAgo';

interface OptOutTableProps {
  optOuts: OptOut[];
  onConsent: (optOut: OptOut) => void;
}

export function OptOutTable({ optOuts, onConsent }: OptOutTableProps) {
  const t = useTranslations('optOuts');
  return (
    <Table>
      <caption className="sr-only">{t('title')}</caption>
      <thead>
        <tr>
          <TableHead>{t('person')}</TableHead>
          <TableHead>{t('how')}</TableHead>
          <TableHead className="hidden lg:table-cell">{t('note')}</TableHead>
          <TableHead className="text-end">
            <span className="sr-only">{t('actions')}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {optOuts.map((optOut) => (
          <TableRow key={optOut.id}>
            <TableCell className="max-w-48">
              <Person optOut={optOut} />
            </TableCell>
            <TableCell>
              <How optOut={optOut} />
            </TableCell>
            <TableCell className="hidden max-w-72 lg:table-cell">
              <p dir="auto" className="line-clamp-2 break-words text-[0.8125rem] text-ink-soft">
                {optOut.note}
              </p>
            </TableCell>
            <TableCell className="w-px whitespace-nowrap text-end">
              {optOut.lifted === null && (
                <May least="admin">
                  <Button
                    size="small"
                    aria-label={t('consentOf', { name: nameOf(optOut) })}
                    onClick={() => onConsent(optOut)}
                  >
                    {t('consent')}
                  </Button>
                </May>
              )}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

export const nameOf = ({ name, phoneNumber, lid }: OptOut): string => name ?? phoneNumber ?? lid ?? '';

function Person({ optOut: { name, phoneNumber, lid, network } }: { optOut: OptOut }) {
  const networks = useTranslations('network');
  return (
    <div className="min-w-0">
      {name && (
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
      )}
      <p className={name ? 'text-[0.8125rem] text-ink-soft' : 'font-medium'}>
        {phoneNumber ? <PhoneNumber value={phoneNumber} /> : <bdi className="break-all">{lid}</bdi>}
      </p>
      {network === 'sandbox' && <p className="text-xs text-ink-soft">{networks('sandbox')}</p>}
    </div>
  );
}

function How({ optOut: { source, by, since, lifted } }: { optOut: OptOut }) {
  const t = useTranslations('optOuts');
  return (
    <div className="grid justify-items-start gap-1 text-[0.8125rem]">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={lifted ? 'neutral' : 'bad'}>{t(`source.${source}`)}</Badge>
        <span className="text-ink-soft">
          <TimeAgo value={since} />
        </span>
      </span>
      {source !== 'stop_word' && <span className="text-ink-soft">{t('by', { name: by.name })}</span>}
      {lifted && (
        <span className="text-ink-soft">
          <Badge tone="good">{t(`lifted.${lifted.source}`)}</Badge> <TimeAgo value={lifted.at} />
          {lifted.source === 'consent' && <> · {t('by', { name: lifted.by.name })}</>}
        </span>
      )}
    </div>
  );
}
