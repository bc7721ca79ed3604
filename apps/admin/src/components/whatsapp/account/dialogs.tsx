'use client';

import type { Account } from '@trunkline/contracts';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { AccountDialog } from './actions';
import { DeleteDialog } from './DeleteDialog';
import { LogoutDialog } from './LogoutDialog';
import { PhoneDialog } from './PhoneDialog';
import { RenameDialog } from './RenameDialog';
import { ResetDialog } from './ResetDialog';

const DialogContext = createContext<(dialog: AccountDialog) => void>(() => undefined);

/** Opens one of the account's dialogs from anywhere on its page. */
export const useAccountDialog = () => useContext(DialogContext);

export interface AccountDialogProps {
  account: Account;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AccountDialogs({ account, children }: { account: Account; children: ReactNode }) {
  const [shown, setShown] = useState<AccountDialog | null>(null);
  const props = (dialog: AccountDialog): AccountDialogProps => ({
    account,
    open: shown === dialog,
    onOpenChange: (open) => setShown(open ? dialog : null),
  });
  const open = useMemo(() => (dialog: AccountDialog) => setShown(dialog), []);
  return (
    <DialogContext.Provider value={open}>
      {children}
      <RenameDialog {...props('rename')} />
      <PhoneDialog {...props('phone')} />
      <ResetDialog {...props('reset')} />
      <LogoutDialog {...props('logout')} />
      <DeleteDialog {...props('delete')} />
    </DialogContext.Provider>
  );
}
