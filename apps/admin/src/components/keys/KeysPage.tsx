'use client';

import type { ApiKey } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { ListCard } from '@/components/whatsapp/ListCard';
import { apiKeysQuery } from '@/lib/queries/system';
import { CreateKeyDialog } from './CreateKeyDialog';
import { KeyTable } from './KeyTable';
import { RevokeKeyDialog } from './RevokeKeyDialog';

export function KeysPage() {
  const t = useTranslations('keys');
  useWhatsAppWebSocket(null);
  const query = useQuery(apiKeysQuery);
  const keys = query.data ?? [];
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={keys.length > 0 && add}>
      <ListCard
        query={query}
        isEmpty={keys.length === 0}
        empty={
          <EmptyState icon={KeyRound} title={t('none')} actions={add}>
            {t('noneHint')}
          </EmptyState>
        }
      >
        <KeyTable keys={keys} onRevoke={setRevoking} />
      </ListCard>
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}
