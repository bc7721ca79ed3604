import { SignInForm } from '@/components/auth/SignInForm';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('signIn');

export default function Page() {
  return <SignInForm />;
}
