'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { people, phones } from '@/lib/api/sandbox';
import type { Person, Phone, ReplyRule } from '@/lib/api/sandbox-types';
import { RuleField } from './RuleField';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

interface CreateWhoDialogProps {
  kind: Who['kind'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (number: string) => void;
}

export function CreateWhoDialog({ kind, open, onOpenChange, onMade }: CreateWhoDialogProps) {
  const t = useTranslations('sandbox');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t(`${kind}.addTitle`)} description={t(`${kind}.about`)}>
        <CreateWhoForm
          kind={kind}
          onMade={(number) => {
            onOpenChange(false);
            onMade(number);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

/** The number comes from the sandbox's own range. */
function CreateWhoForm({ kind, onMade }: Pick<CreateWhoDialogProps, 'kind' | 'onMade'>) {
  const t = useTranslations('sandbox');
  const [name, setName] = useState('');
  const [rule, setRule] = useState<ReplyRule>({ kind: 'echo' });
  const make = useSandboxAct(
    (given: string | undefined): Promise<Person | Phone> =>
      kind === 'phone' ? phones.create({ pushName: given }) : people.create({ name: given, rule }),
    { then: ({ number }) => onMade(number) },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(name.trim() || undefined);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('name')} hint={t('nameHint')}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {kind === 'person' && <RuleField rule={rule} onChange={setRule} />}
      <FormFooter busy={make.isPending}>{t(`${kind}.add`)}</FormFooter>
    </form>
  );
}
