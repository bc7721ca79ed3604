'use client';

import { type Network, OPT_OUT_CSV_MAX, type OptOutImported } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { optOuts } from '@/lib/api/opt-outs';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { ImportReport } from './ImportReport';
import { NetworkField } from './NetworkField';

interface ImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ImportDialog({ open, onOpenChange }: ImportDialogProps) {
  const t = useTranslations('optOuts');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('importTitle')} description={t('importText')} className="sm:max-w-lg">
        <ImportForm />
      </DialogContent>
    </Dialog>
  );
}

function ImportForm() {
  const t = useTranslations('optOuts');
  const [network, setNetwork] = useState<Network>('whatsapp');
  const [country, setCountry] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const { importFile, errors, report } = useImport();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file) importFile.mutate({ file, network, country });
  };
  if (report) return <ImportReport report={report} />;
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <NetworkField value={network} onChange={setNetwork} />
      <Field label={t('file')} hint={t('fileHint')} error={errors.csv ?? errors.form}>
        {(control) => (
          <Input
            {...control}
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <Field label={t('country')} hint={t('countryHint')} error={errors.country}>
        {(control) => (
          <Input
            {...control}
            maxLength={2}
            autoComplete="off"
            className="w-24 uppercase"
            value={country}
            onChange={(event) => setCountry(event.target.value.toUpperCase())}
          />
        )}
      </Field>
      <FormFooter busy={importFile.isPending} disabled={!file}>
        {t('import')}
      </FormFooter>
    </form>
  );
}

interface Wanted {
  file: File;
  network: Network;
  country: string;
}

function useImport() {
  const t = useTranslations('optOuts');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [report, setReport] = useState<OptOutImported | null>(null);
  const importFile = useMutation({
    mutationFn: async ({ file, network, country }: Wanted) =>
      optOuts.import({ network, csv: await file.text(), ...(country && { country }) }),
    onMutate: () => setErrors({}),
    onSuccess: (answer) => {
      setReport(answer);
      return client.invalidateQueries({ queryKey: keys.optOutLists });
    },
    onError: (error, { file }) =>
      setErrors(file.size > OPT_OUT_CSV_MAX ? { csv: t('tooLarge') } : errorText.fields(error, ['csv', 'country'])),
  });
  return { importFile, errors, report };
}
