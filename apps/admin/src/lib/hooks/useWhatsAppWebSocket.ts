'use client';

import type { Account, AccountQr, AccountStatus, AnyEvent, Connection, UserAction } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { readAccount, readQr } from '../queries/account';
import type { AccountError } from '../live/account-cache';
import { keys } from '../live/keys';
import { useLive, useLiveSnapshot, type EventListener } from '../live/LiveProvider';

export interface WhatsAppLive {
  /** The QR on screen now, with its end. */
  qr: AccountQr | null;
  status: AccountStatus | null;
  connectionState: Connection | null;
  phoneNumber: string | null;
  /** What went wrong last, with the button that mends it. */
  error: { message: string; action: UserAction | null } | null;
  /** Whether this page is live: subscribed to the server, so that nothing shown is old. */
  isConnected: boolean;
  /** Hears the events of this account, or of all. Returns the way to stop. */
  subscribe: (listener: EventListener) => () => void;
}

/**
 * What is known about an account, kept true by events; with null it tells of the page's own connection alone.
 * Every page draws from it, and none needs a reload.
 */
export function useWhatsAppWebSocket(accountId: string | null): WhatsAppLive {
  const { listen } = useLive();
  const isConnected = useLiveSnapshot().state === 'live';
  const { data: account } = useQuery<Account>({ ...readAccount(accountId ?? ''), enabled: accountId !== null });
  const isLinking = account?.state.status === 'warming';
  const { data: qr } = useQuery<AccountQr | null>({ ...readQr(accountId ?? ''), enabled: isLinking });
  const { data: error } = useQuery<AccountError | null>({
    queryKey: keys.accountError(accountId ?? ''),
    queryFn: () => null,
    enabled: false,
  });

  const subscribe = useCallback(
    (listener: EventListener) =>
      listen((event: AnyEvent) => {
        if (accountId === null || event.accountId === accountId) listener(event);
      }),
    [listen, accountId],
  );

  return {
    qr: isLinking ? (qr ?? null) : null,
    status: account?.state.status ?? null,
    connectionState: account?.state.connection ?? null,
    phoneNumber: account?.phoneNumber ?? null,
    error: error ?? null,
    isConnected,
    subscribe,
  };
}
