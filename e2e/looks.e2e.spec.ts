/** What stands beside a conversation: how the account and people look, statuses and channels. By clicks alone. */
import { postsPageCases } from './cases/posts.page.js';
import { profilePageCases } from './cases/profile.page.js';
import { useConversation } from './support/use.conversation.js';

const its = useConversation('Good morning');

postsPageCases(its);
profilePageCases(its);
