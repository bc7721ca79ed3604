'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Tooltip } from '@/components/ui/tooltip';
import { cn } from '@/lib/cn';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import type { LiveState } from '@/lib/live/connection';
import { useLiveSnapshot } from '@/lib/live/LiveProvider';
import { Dot } from './Dot';

/** `connected` is green; every other is not. */
const DATA_STATES: Record<LiveState, string> = {
  live: 'connected',
  connecting: 'connecting',
  reconnecting: 'reconnecting',
  refused: 'disconnected',
  forbidden: 'disconnected',
};

/**
 * Whether this page is live, in the header of every page: a green pulse when it is, red when what is shown may be old,
 * with the time up to which it was true.
 */
export function ConnectionStatus() {
  const t = useTranslations('live');
  const format = useFormatter();
  const { isConnected } = useWhatsAppWebSocket(null);
  const { state, liveUntil } = useLiveSnapshot();
  const old = !isConnected && (liveUntil !== null || state === 'forbidden');
  return (
    <div role="status">
      <Tooltip text={t(`${state}.hint`)} side="bottom">
        <button
          type="button"
          data-testid="connection-indicator"
          data-state={DATA_STATES[state]}
          className={cn(
            'flex h-8 items-center gap-2 rounded-full px-3 text-[0.8125rem] font-medium',
            isConnected ? 'text-ink-soft' : old ? 'bg-bad-wash text-bad' : 'bg-sunken text-ink-soft',
          )}
        >
          <Dot tone={isConnected ? 'good' : old ? 'bad' : 'neutral'} pulse={isConnected} />
          <span>{t(`${state}.title`)}</span>
          {old && liveUntil !== null && (
            <span className="font-normal max-sm:sr-only">
              {t('asOf', { time: format.dateTime(liveUntil, { timeStyle: 'medium' }) })}
            </span>
          )}
        </button>
      </Tooltip>
    </div>
  );
}
