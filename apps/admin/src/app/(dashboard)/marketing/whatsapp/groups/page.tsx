import { GroupsPage } from '@/components/whatsapp/groups/GroupsPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('groups');

export default function Page() {
  return <GroupsPage />;
}
