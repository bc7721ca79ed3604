import { NotFound } from '@/components/shell/NotFound';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('notFound');

export default function Page() {
  return <NotFound />;
}
