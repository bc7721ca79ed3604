import type { Role } from '@trunkline/contracts';
import {
  Activity,
  Ban,
  FlaskConical,
  CircleDashed,
  KeyRound,
  MessagesSquare,
  Smartphone,
  Users,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';

const WHATSAPP = '/marketing/whatsapp';
export const paths = {
  accounts: `${WHATSAPP}/accounts`,
  account: (id: string) => `${WHATSAPP}/accounts/${id}`,
  messages: `${WHATSAPP}/messages`,
  groups: `${WHATSAPP}/groups`,
  posts: `${WHATSAPP}/posts`,
  optOuts: `${WHATSAPP}/opt-outs`,
  health: `${WHATSAPP}/health`,
  sandbox: `${WHATSAPP}/sandbox`,
  keys: '/settings/keys',
  proxies: '/settings/proxies',
  signIn: '/sign-in',
};

/** The conversation of an account with who has this number, begun or not. */
export const writeTo = (accountId: string, phoneNumber: string): string =>
  `${paths.messages}?account=${accountId}&to=${encodeURIComponent(phoneNumber)}`;

export type PageName =
  'accounts' | 'messages' | 'groups' | 'posts' | 'optOuts' | 'health' | 'sandbox' | 'proxies' | 'keys';

export interface NavigationEntry {
  page: PageName;
  href: string;
  icon: LucideIcon;
  /** Shown to who has this role or a higher one. */
  least?: Role;
  /** Shown only where the sandbox runs. */
  sandboxOnly?: boolean;
}

export const navigation: { section: 'whatsapp' | 'tools'; entries: NavigationEntry[] }[] = [
  {
    section: 'whatsapp',
    entries: [
      { page: 'accounts', href: paths.accounts, icon: Smartphone },
      { page: 'messages', href: paths.messages, icon: MessagesSquare },
      { page: 'groups', href: paths.groups, icon: Users },
      { page: 'posts', href: paths.posts, icon: CircleDashed },
      { page: 'optOuts', href: paths.optOuts, icon: Ban },
      { page: 'health', href: paths.health, icon: Activity },
    ],
  },
  {
    section: 'tools',
    entries: [
      { page: 'proxies', href: paths.proxies, icon: Waypoints, least: 'operator' },
      { page: 'keys', href: paths.keys, icon: KeyRound, least: 'admin' },
      { page: 'sandbox', href: paths.sandbox, icon: FlaskConical, least: 'operator', sandboxOnly: true },
    ],
  },
];

/** Where to go after sign-in: a path of ours, never an address elsewhere. */
export function safeReturn(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith(paths.signIn) ? next : paths.accounts;
}
