'use client';

import type { Network } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { systemQuery } from '@/lib/queries/system';
import { NetworkChoice } from './NetworkChoice';
import { useImportSession } from './useImportSession';

interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A session of another program becomes an account, which then waits to be connected. */
export function ImportDialog({ open, onOpenChange }: ImportDialogProps) {
  const t = useTranslations('importSession');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')} description={t('lead')}>
        <ImportForm />
      </DialogContent>
    </Dialog>
  );
}

function ImportForm() {
  const t = useTranslations('importSession');
  const { data: system } = useQuery(systemQuery);
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Network>();
  const network = chosen ?? (system && !system.networks.whatsapp ? 'sandbox' : 'whatsapp');
  const { take, problem } = useImportSession();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!file);
    if (file) take.mutate({ file, network, name: name.trim() || undefined });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <p className="flex gap-2 rounded-lg bg-warn-wash p-3 text-pretty">
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        {t('stopped')}
      </p>
      <Field label={t('file')} hint={t('fileHint')} error={missing ? t('fileMissing') : undefined}>
        {(control) => (
          <Input
            {...control}
            type="file"
            accept=".zip,.tgz,.tar.gz,.gz,application/zip,application/gzip"
            className="h-auto py-1.5"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        )}
      </Field>
      <Field label={t('name')} hint={t('nameHint')}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <NetworkChoice value={network} onChange={setChosen} runs={system?.networks} />
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <FormFooter busy={take.isPending || take.isSuccess}>{t('submit')}</FormFooter>
    </form>
  );
}
