'use client';

import { useTranslations } from 'use-intl';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { FaultForm } from './FaultForm';
import { LineForm } from './LineForm';
import { StandingFaults } from './StandingFaults';

export function FaultsTab() {
  const t = useTranslations('sandbox');
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card>
        <CardHeader>
          <CardTitle>{t('fault.set')}</CardTitle>
        </CardHeader>
        <CardBody>
          <FaultForm />
        </CardBody>
      </Card>
      <div className="grid gap-4">
        <StandingFaults />
        <Card>
          <CardHeader>
            <CardTitle>{t('line.title')}</CardTitle>
          </CardHeader>
          <CardBody>
            <LineForm />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
