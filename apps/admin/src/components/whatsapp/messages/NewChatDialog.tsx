'use client';

import type { Account } from '@trunkline/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Select } from '@/components/ui/select';
import { digitsOf } from '@/lib/format/phone';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';
import { PhoneField } from '../PhoneField';
import { SandboxPeople } from './SandboxPeople';

interface NewChatDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  accountId: string | undefined;
}

/** From which account, to whom; the conversation opens and begins with the first message. */
export function NewChatDialog({ open, onOpenChange, accountId }: NewChatDialogProps) {
  const t = useTranslations('newChat');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')}>
        <NewChatForm accountId={accountId} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function NewChatForm({ accountId, onDone }: { accountId: string | undefined; onDone: () => void }) {
  const t = useTranslations('newChat');
  const { set } = useUrlState();
  const accounts = useAllAccounts();
  const usable = (accounts ?? []).filter(({ state }) => state.status === 'active');
  const [chosen, setChosen] = useState(accountId);
  const account = usable.find(({ id }) => id === chosen) ?? usable[0];
  const [to, setTo] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!account || digitsOf(to).length < 7) return setWrong(t('wrong'));
    begin(account, to);
  };
  const begin = ({ id }: Account, number: string) => {
    set({ account: id, to: `+${digitsOf(number)}`, chat: null }, { push: true });
    onDone();
  };
  if (accounts && usable.length === 0) return <p className="text-ink-soft">{t('noAccount')}</p>;
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('from')}>
        {(control) => (
          <Select
            {...control}
            value={account?.id ?? ''}
            onValueChange={setChosen}
            options={usable.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      <PhoneField
        autoFocus
        label={t('to')}
        value={to}
        onChange={setTo}
        network={account?.network ?? 'whatsapp'}
        error={wrong}
      />
      {account?.network === 'sandbox' && <SandboxPeople onChoose={(number) => begin(account, number)} />}
      <FormFooter disabled={!account}>{t('begin')}</FormFooter>
    </form>
  );
}
