import { AccountsPage } from '@/components/whatsapp/accounts/AccountsPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('accounts');

export default function Page() {
  return <AccountsPage />;
}
