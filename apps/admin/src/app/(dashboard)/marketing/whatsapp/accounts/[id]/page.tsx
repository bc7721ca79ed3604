import { AccountPage } from '@/components/whatsapp/account/AccountPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('account');

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <AccountPage id={(await params).id} />;
}
