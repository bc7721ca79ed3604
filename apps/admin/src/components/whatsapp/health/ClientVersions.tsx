'use client';

import type { HealthReport } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';

/** What each network is told we are; renewed by itself when it is refused. */
export function ClientVersions({ report: { clientVersions } }: { report: HealthReport }) {
  const t = useTranslations('health');
  const network = useTranslations('network');
  if (clientVersions.length === 0) return null;
  return (
    <Card aria-labelledby="versions-title">
      <CardHeader>
        <CardTitle id="versions-title">{t('versions')}</CardTitle>
      </CardHeader>
      <CardBody>
        <dl className="grid gap-2">
          {clientVersions.map((each) => (
            <div key={each.network} className="flex items-baseline justify-between gap-4">
              <dt className="text-ink-soft">{network(each.network)}</dt>
              <dd className="tabular">
                {each.version}
                {each.setting && <span className="text-ink-soft"> {t('bySetting')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
