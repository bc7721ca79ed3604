import { OptOutsPage } from '@/components/whatsapp/opt-outs/OptOutsPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('optOuts');

export default function Page() {
  return <OptOutsPage />;
}
