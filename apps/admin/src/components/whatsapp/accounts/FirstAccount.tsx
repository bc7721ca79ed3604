'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical, Smartphone, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useMay } from '@/lib/hooks/useMay';
import { systemQuery } from '@/lib/queries/system';
import { CreateAccountDialog } from './CreateAccountDialog';
import { ImportDialog } from './ImportDialog';
import { useCreateAccount } from './useCreateAccount';

/** The two ways to begin, for a person who has read nothing. */
export function FirstAccount() {
  const t = useTranslations('first');
  const { data: system } = useQuery(systemQuery);
  const [linking, setLinking] = useState(false);
  const [importing, setImporting] = useState(false);
  const create = useCreateAccount();
  const errorText = useErrorText();
  const runs = system?.networks;
  const mayAdd = useMay('operator');
  const trySandbox = () =>
    create.mutate(
      { name: t('sandbox.name'), network: 'sandbox' },
      { onError: (error) => void toast.error(errorText(error)) },
    );
  return (
    <div className="mx-auto max-w-3xl pt-4 md:pt-10">
      <h2 className="text-center text-2xl font-semibold tracking-tight">{t('title')}</h2>
      <p className="mx-auto mt-2 max-w-xl text-pretty text-center text-ink-soft">{t('lead')}</p>
      <div className="mt-8 grid gap-4 sm:grid-cols-2">
        <Way
          icon={FlaskConical}
          title={t('sandbox.title')}
          text={t('sandbox.text')}
          off={runs && !runs.sandbox && t('sandbox.off')}
        >
          <Button
            variant="primary"
            size="large"
            className="w-full"
            disabled={!runs?.sandbox || !mayAdd}
            busy={create.isPending || create.isSuccess}
            onClick={trySandbox}
          >
            {t('sandbox.action')}
          </Button>
        </Way>
        <Way
          icon={Smartphone}
          title={t('whatsapp.title')}
          text={t('whatsapp.text')}
          off={runs && !runs.whatsapp && t('whatsapp.off')}
        >
          <Button
            size="large"
            className="w-full"
            disabled={!runs?.whatsapp || !mayAdd}
            onClick={() => setLinking(true)}
          >
            {t('whatsapp.action')}
          </Button>
        </Way>
      </div>
      <p className="mt-6 text-center text-ink-soft">
        {t('moving')}{' '}
        <Button variant="link" onClick={() => setImporting(true)}>
          {t('import')}
        </Button>
      </p>
      <ImportDialog open={importing} onOpenChange={setImporting} />
      <CreateAccountDialog network="whatsapp" open={linking} onOpenChange={setLinking} />
    </div>
  );
}

interface WayProps {
  icon: LucideIcon;
  title: string;
  text: string;
  off: string | false | undefined;
  children: ReactNode;
}

const Way = ({ icon: Icon, title, text, off, children }: WayProps) => (
  <Card className="flex flex-col p-6">
    <span className="grid size-11 place-items-center rounded-xl bg-accent-wash text-accent">
      <Icon className="size-5.5" aria-hidden />
    </span>
    <h3 className="mt-4 text-base font-semibold tracking-tight">{title}</h3>
    <p className="mb-6 mt-1 flex-1 text-pretty text-ink-soft">{text}</p>
    {children}
    {off && <p className="mt-2 text-[0.8125rem] text-ink-soft">{off}</p>}
  </Card>
);
