'use client';

import type { Account, AccountQr } from '@trunkline/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { phones } from '@/lib/api/sandbox';
import { formatPhone } from '@/lib/format/phone';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { phonesQuery } from '@/lib/queries/sandbox';

const NEW = 'new';

/** No real phone can scan a sandbox's code; one of its own does, at a click. */
export function SandboxScan({ account, qr }: { account: Account; qr: AccountQr | null }) {
  const t = useTranslations('sandboxScan');
  const { data: existing = [] } = useQuery(phonesQuery);
  const [chosen, setChosen] = useState(NEW);
  const scan = useScan(account);
  return (
    <div className="rounded-xl border border-dashed p-4">
      <p className="flex items-center gap-2 font-medium">
        <FlaskConical className="size-4 text-accent" aria-hidden />
        {t('title')}
      </p>
      <p className="mt-1 text-[0.8125rem] text-ink-soft">{t('hint')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Select
          className="min-w-0 flex-1 basis-48"
          aria-label={t('phone')}
          value={chosen}
          onValueChange={setChosen}
          options={[
            { value: NEW, label: t('newPhone') },
            ...existing.map(({ number, pushName }) => ({
              value: number,
              label: `${pushName} · ${formatPhone(number)}`,
            })),
          ]}
        />
        <Button
          variant="primary"
          disabled={!qr}
          busy={scan.isPending}
          onClick={() => qr && scan.mutate({ phone: chosen === NEW ? null : chosen, text: qr.text })}
        >
          {t('scan')}
        </Button>
      </div>
    </div>
  );
}

/** Without a phone, makes one that is named like the account. */
function useScan(account: Account) {
  const t = useTranslations('sandboxScan');
  const errorText = useErrorText();
  return useMutation({
    mutationFn: async ({ phone, text }: { phone: string | null; text: string }) => {
      const number = phone ?? (await phones.create({ pushName: account.name })).number;
      return phones.scan(number, { qr: text });
    },
    onSuccess: () => void toast.success(t('scanned')),
    onError: (error) => void toast.error(errorText(error)),
  });
}
