import { HealthPage } from '@/components/whatsapp/health/HealthPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('health');

export default function Page() {
  return <HealthPage />;
}
