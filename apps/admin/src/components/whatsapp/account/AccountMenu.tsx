'use client';

import type { Account } from '@trunkline/contracts';
import { Ellipsis, Hash, LogOut, Pencil, Power, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { Dropdown, DropdownContent, DropdownItem, DropdownSeparator, DropdownTrigger } from '@/components/ui/dropdown';
import { useAccountDialog } from './dialogs';
import { useAsk } from './useAsk';

/** Every verb, whatever the status: none of them is ever out of reach of who may. */
export function AccountMenu({ account }: { account: Account }) {
  const t = useTranslations('account');
  const open = useAccountDialog();
  const ask = useAsk(account);
  const online = account.state.wanted === 'online';
  return (
    <Dropdown>
      <DropdownTrigger asChild>
        <Button size="icon" aria-label={t('more')}>
          <Ellipsis />
        </Button>
      </DropdownTrigger>
      <DropdownContent align="end">
        <DropdownItem onSelect={() => open('rename')}>
          <Pencil aria-hidden />
          {t('rename')}
        </DropdownItem>
        <DropdownItem onSelect={() => open('phone')}>
          <Hash aria-hidden />
          {t('updatePhone')}
        </DropdownItem>
        <DropdownItem disabled={ask.isPending} onSelect={() => ask.mutate(online ? 'disconnect' : 'initialize')}>
          <Power aria-hidden />
          {t(online ? 'disconnect' : 'connect')}
        </DropdownItem>
        <DropdownSeparator />
        <DropdownItem onSelect={() => open('reset')}>
          <RotateCcw aria-hidden />
          {t('resetMenu')}
        </DropdownItem>
        <DropdownItem onSelect={() => open('logout')}>
          <LogOut className="rtl:-scale-x-100" aria-hidden />
          {t('logout')}
        </DropdownItem>
        <May least="admin">
          <DropdownItem danger onSelect={() => open('delete')}>
            <Trash2 aria-hidden />
            {t('delete')}
          </DropdownItem>
        </May>
      </DropdownContent>
    </Dropdown>
  );
}
