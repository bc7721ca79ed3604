'use client';

import type { ApiKey } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { TimeAgo } from '@/components/whatsapp/TimeAgo';

interface KeyTableProps {
  keys: ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  const t = useTranslations('keys');
  const roles = useTranslations('user');
  return (
    <Table>
      <caption className="sr-only">{t('title')}</caption>
      <thead>
        <tr>
          <TableHead>{t('name')}</TableHead>
          <TableHead>{t('role')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('created')}</TableHead>
          <TableHead className="hidden sm:table-cell">{t('lastUsed')}</TableHead>
          <TableHead>
            <span className="sr-only">{t('revoke')}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell>
              <p className="font-medium">{key.name}</p>
              <p className="font-mono text-xs text-ink-soft">{key.prefix}…</p>
            </TableCell>
            <TableCell>{roles(`role.${key.role}`)}</TableCell>
            <TableCell className="hidden text-ink-soft sm:table-cell">
              <TimeAgo value={key.createdAt} />
            </TableCell>
            <TableCell className="hidden text-ink-soft sm:table-cell">
              {key.lastUsedAt ? <TimeAgo value={key.lastUsedAt} /> : t('never')}
            </TableCell>
            <TableCell className="text-end">
              <Button size="small" aria-label={t('revokeOne', { name: key.name })} onClick={() => onRevoke(key)}>
                {t('revoke')}
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
