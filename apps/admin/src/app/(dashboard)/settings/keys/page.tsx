import { KeysPage } from '@/components/keys/KeysPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('keys');

export default function Page() {
  return <KeysPage />;
}
