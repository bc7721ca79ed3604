'use client';

import type { ApiKey } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { QueryFailed } from '@/components/whatsapp/QueryFailed';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { apiKeysQuery } from '@/lib/queries/system';
import { CreateKeyDialog } from './CreateKeyDialog';
import { KeyTable } from './KeyTable';
import { RevokeKeyDialog } from './RevokeKeyDialog';

export function KeysPage() {
  const t = useTranslations('keys');
  useWhatsAppWebSocket(null);
  const query = useQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={query.data && query.data.length > 0 && add}>
      <Card className="overflow-hidden">
        {query.isPending && <RowsSkeleton />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState icon={KeyRound} title={t('none')} actions={add}>
            {t('noneHint')}
          </EmptyState>
        )}
        {query.data && query.data.length > 0 && <KeyTable keys={query.data} onRevoke={setRevoking} />}
      </Card>
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}
