import { PostsPage } from '@/components/whatsapp/posts/PostsPage';
import { pageTitle } from '@/i18n/server';

export const generateMetadata = () => pageTitle('posts');

export default function Page() {
  return <PostsPage />;
}
