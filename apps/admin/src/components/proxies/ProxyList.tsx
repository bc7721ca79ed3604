'use client';

import type { Proxy } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { useMay } from '@/lib/hooks/useMay';
import { TestLine } from './TestLine';

interface ProxyListProps {
  proxies: Proxy[];
  onEdit: (proxy: Proxy) => void;
  onDelete: (proxy: Proxy) => void;
}

export function ProxyList({ proxies, onEdit, onDelete }: ProxyListProps) {
  const t = useTranslations('proxies');
  const mayChange = useMay('admin');
  return (
    <ul aria-label={t('title')} className="divide-y">
      {proxies.map((proxy) => (
        <li key={proxy.id} className="grid gap-3 p-5">
          <div className="flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0">
              <p className="break-words font-medium">{proxy.name}</p>
              <p className="break-all font-mono text-xs text-ink-soft" dir="ltr">
                {t(`kind.${proxy.kind}`)} {proxy.host}:{proxy.port}
              </p>
              <p className="text-[0.8125rem] text-ink-soft">{t('accounts', { count: proxy.accounts })}</p>
            </div>
            {mayChange && (
              <span className="flex gap-2">
                <Button size="small" aria-label={t('editOne', { name: proxy.name })} onClick={() => onEdit(proxy)}>
                  {t('edit')}
                </Button>
                <Button size="small" aria-label={t('deleteOne', { name: proxy.name })} onClick={() => onDelete(proxy)}>
                  {t('delete')}
                </Button>
              </span>
            )}
          </div>
          <TestLine proxy={proxy} />
        </li>
      ))}
    </ul>
  );
}
