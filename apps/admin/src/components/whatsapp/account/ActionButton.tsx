'use client';

import type { Account, UserAction } from '@trunkline/contracts';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button, type ButtonProps } from '@/components/ui/button';
import { paths } from '@/lib/navigation';
import { ACTION_DEEDS } from './actions';
import { useAccountDialog } from './dialogs';
import { useAsk } from './useAsk';

interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'size'> {
  account: Account;
  action: UserAction;
}

/** The one thing a person can do about it. `wait` has no button: its words are the advice. */
export function ActionButton({ account, action, variant = 'primary', size }: ActionButtonProps) {
  const t = useTranslations('action');
  const open = useAccountDialog();
  const ask = useAsk(account);
  const deed = ACTION_DEEDS[action];
  if (deed.kind === 'wait') return <p className="text-[0.8125rem] text-ink-soft">{t(action)}</p>;
  if (deed.kind === 'open') {
    return (
      <Button variant={variant} size={size} asChild>
        <a href={deed.href} target="_blank" rel="noreferrer">
          {t(action)}
        </a>
      </Button>
    );
  }
  if (deed.kind === 'other-account') {
    const other = account.numberConflict?.accountId;
    return other ? (
      <Button variant={variant} size={size} asChild>
        <Link href={paths.account(other)}>{t(action)}</Link>
      </Button>
    ) : null;
  }
  const act = () => (deed.kind === 'dialog' ? open(deed.dialog) : ask.mutate(deed.verb));
  return (
    <May least="operator">
      <Button variant={variant} size={size} busy={ask.isPending} onClick={act}>
        {t(action)}
      </Button>
    </May>
  );
}
