'use client';

import type { Network } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { optOuts } from '@/lib/api/opt-outs';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';
import { NetworkField } from './NetworkField';

interface AddOptOutDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddOptOutDialog({ open, onOpenChange }: AddOptOutDialogProps) {
  const t = useTranslations('optOuts');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('addTitle')} description={t('addText')}>
        <AddForm onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('optOuts');
  const [network, setNetwork] = useState<Network>('whatsapp');
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const { save, busy, errors } = useAdd(onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ network, to, ...(note.trim() && { note }) });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <NetworkField value={network} onChange={setNetwork} />
      <Field label={t('number')} hint={t('numberHint')} error={errors.to ?? errors.form}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            inputMode="tel"
            autoComplete="off"
            maxLength={100}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('note')} hint={t('noteHint')} error={errors.note}>
        {(control) => (
          <Textarea {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <FormFooter busy={busy} disabled={to.trim() === ''}>
        {t('add')}
      </FormFooter>
    </form>
  );
}

function useAdd(done: () => void) {
  const t = useTranslations('optOuts');
  const client = useQueryClient();
  return useSave({
    fields: ['to', 'note'],
    ask: optOuts.add,
    saved: () => client.invalidateQueries({ queryKey: keys.optOutLists }),
    said: t('added'),
    done,
  });
}
