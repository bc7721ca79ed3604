'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Page } from '@/components/shell/Page';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { healthQuery } from '@/lib/queries/health';
import { RestoreProgress } from '../accounts/RestoreProgress';
import { QueryFailed } from '../QueryFailed';
import { ClientVersions } from './ClientVersions';
import { Findings } from './Findings';
import { Glance } from './Glance';
import { Reasons } from './Reasons';

/** Accounts and errors at a glance, and what the health check found last; kept true by events. */
export function HealthPage() {
  const t = useTranslations('health');
  useWhatsAppWebSocket(null);
  const query = useQuery(healthQuery);
  return (
    <Page title={t('title')} lead={t('lead')}>
      {query.isPending && <RowsSkeleton />}
      {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <>
          <RestoreProgress />
          <div className="grid gap-4">
            <Glance report={query.data} />
            <div className="grid items-start gap-4 lg:grid-cols-2">
              <Findings report={query.data} />
              <div className="grid gap-4">
                <Reasons report={query.data} />
                <ClientVersions report={query.data} />
              </div>
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
