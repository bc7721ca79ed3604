'use client';

import type { Proxy } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useMay } from '@/lib/hooks/useMay';
import { ListCard } from '@/components/whatsapp/ListCard';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { proxiesQuery } from '@/lib/queries/proxies';
import { DeleteProxyDialog } from './DeleteProxyDialog';
import { PoolsCard } from './PoolsCard';
import { ProxyDialog } from './ProxyDialog';
import { ProxyList } from './ProxyList';

export function ProxiesPage() {
  const t = useTranslations('proxies');
  useWhatsAppWebSocket(null);
  const query = useQuery(proxiesQuery);
  const proxies = query.data ?? [];
  const mayChange = useMay('admin');
  const [editing, setEditing] = useState<Proxy | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Proxy | null>(null);
  const add = mayChange && (
    <Button variant="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={proxies.length > 0 && add}>
      <ListCard
        query={query}
        isEmpty={proxies.length === 0}
        empty={
          <EmptyState icon={Waypoints} title={t('none')} actions={add}>
            {t('noneHint')}
          </EmptyState>
        }
      >
        <ProxyList proxies={proxies} onEdit={setEditing} onDelete={setDeleting} />
      </ListCard>
      <PoolsCard />
      <ProxyDialog proxy={editing} onClose={() => setEditing(null)} />
      <DeleteProxyDialog proxy={deleting} onClose={() => setDeleting(null)} />
    </Page>
  );
}
