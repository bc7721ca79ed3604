import { SetupForm } from '@/components/auth/SetupForm';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('setup');

export default function Page() {
  return <SetupForm />;
}
