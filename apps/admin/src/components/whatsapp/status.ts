import type { AccountStatus, Connection } from '@trunkline/contracts';
import { Ban, CircleCheck, CirclePause, LoaderCircle, QrCode, type LucideIcon } from 'lucide-react';
import type { Tone } from '@/components/ui/badge';

/** How each status and each connection looks. Their titles and sentences are under `status` and `connection` in `i18n/`. */
export const STATUS_LOOKS: Record<AccountStatus, { tone: Tone; icon: LucideIcon }> = {
  inactive: { tone: 'neutral', icon: CirclePause },
  warming: { tone: 'warn', icon: QrCode },
  authenticating: { tone: 'note', icon: LoaderCircle },
  active: { tone: 'good', icon: CircleCheck },
  banned: { tone: 'bad', icon: Ban },
};

/** Green for `connected` only. */
export const CONNECTION_TONES: Record<Connection, Tone> = {
  offline: 'neutral',
  connecting: 'warn',
  connected: 'good',
  reconnecting: 'warn',
};
