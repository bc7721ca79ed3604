'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { sandboxGroups } from '@/lib/api/sandbox';
import { PhoneNumber } from '../PhoneNumber';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

interface CreateGroupDialogProps {
  everybody: Who[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateGroupDialog({ everybody, open, onOpenChange }: CreateGroupDialogProps) {
  const t = useTranslations('sandbox');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('groups.addTitle')} description={t('groups.about')}>
        <CreateGroupForm everybody={everybody} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

/** The first who is chosen makes the group, and a person rather than a phone where there is one. */
function CreateGroupForm({ everybody, onDone }: { everybody: Who[]; onDone: () => void }) {
  const t = useTranslations('sandbox');
  const [subject, setSubject] = useState('');
  const [members, setMembers] = useState(() => everybody.map(({ number }) => number));
  const make = useSandboxAct(sandboxGroups.create, { done: t('groups.made'), then: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = everybody.filter(({ number }) => members.includes(number));
    const creator = chosen.find(({ kind }) => kind === 'person') ?? chosen[0];
    if (!creator) return;
    const participants = chosen.filter((who) => who !== creator).map(({ number }) => number);
    make.mutate({ subject: subject.trim(), creator: creator.number, participants });
  };
  const toggle = (number: string) =>
    setMembers(members.includes(number) ? members.filter((each) => each !== number) : [...members, number]);
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('groups.subject')}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            required
            maxLength={100}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="grid max-h-56 gap-1 overflow-y-auto">
        <legend className="mb-1.5 text-[0.8125rem] font-medium">{t('groups.who')}</legend>
        {everybody.map(({ number, name }) => (
          <label key={number} className="flex items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunken">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={members.includes(number)}
              onChange={() => toggle(number)}
            />
            <span className="flex-1 truncate">{name}</span>
            <PhoneNumber value={number} className="text-xs text-ink-soft" />
          </label>
        ))}
      </fieldset>
      <FormFooter busy={make.isPending} disabled={members.length < 2 || subject.trim() === ''}>
        {t('groups.add')}
      </FormFooter>
    </form>
  );
}
