import { MessagesPage } from '@/components/whatsapp/messages/MessagesPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('messages');

export default function Page() {
  return <MessagesPage />;
}
