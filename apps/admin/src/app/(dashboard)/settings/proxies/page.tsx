import { ProxiesPage } from '@/components/proxies/ProxiesPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('proxies');

export default function Page() {
  return <ProxiesPage />;
}
