'use client';

import { accountCreateSchema, type Network } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useWays, wishOf } from '@/components/proxies/useWays';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { checkForm, type FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { systemQuery } from '@/lib/queries/system';
import { NetworkChoice } from './NetworkChoice';
import { useCreateAccount } from './useCreateAccount';

interface CreateAccountDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Chosen beforehand; the choice is shown all the same. */
  network?: Network;
}

export function CreateAccountDialog({ open, onOpenChange, network }: CreateAccountDialogProps) {
  const t = useTranslations('createAccount');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')} description={t('lead')}>
        <CreateAccountForm network={network} />
      </DialogContent>
    </Dialog>
  );
}

function CreateAccountForm({ network: wished }: { network?: Network }) {
  const t = useTranslations('createAccount');
  const proxy = useTranslations('accountProxy');
  const { data: system } = useQuery(systemQuery);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(wished);
  const network = chosen ?? (system && !system.networks.whatsapp ? 'sandbox' : 'whatsapp');
  const ways = useWays();
  const [way, setWay] = useState('');
  const { create, errors, check } = useCreateForm();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name, network, ...(way && { proxy: wishOf(way) }) };
    if (check(body)) create.mutate(body);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('name')} hint={t('nameHint')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            autoComplete="off"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <NetworkChoice value={network} onChange={setChosen} runs={system?.networks} />
      {ways.length > 1 && (
        <Field label={proxy('title')} hint={proxy('fromTheFirst')}>
          {(control) => <Select {...control} value={way} options={ways} onValueChange={setWay} />}
        </Field>
      )}
      {(errors.form ?? errors.network) && (
        <p role="alert" className="text-bad">
          {errors.form ?? errors.network}
        </p>
      )}
      <FormFooter busy={create.isPending || create.isSuccess}>{t('submit')}</FormFooter>
    </form>
  );
}

function useCreateForm() {
  const create = useCreateAccount();
  const errorText = useErrorText();
  const [found, setFound] = useState<FieldErrors>({});
  const refused = create.error ? errorText.fields(create.error, ['name', 'network']) : {};
  const check = (body: unknown): boolean => {
    const errors = checkForm(accountCreateSchema, body);
    setFound(errors);
    return Object.keys(errors).length === 0;
  };
  return { create, check, errors: { ...refused, ...found } };
}
