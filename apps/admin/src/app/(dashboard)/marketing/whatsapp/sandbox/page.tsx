import { SandboxPage } from '@/components/whatsapp/sandbox/SandboxPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('sandbox');

export default function Page() {
  return <SandboxPage />;
}
