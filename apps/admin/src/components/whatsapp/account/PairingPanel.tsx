'use client';

import type { Account, PairingCode } from '@trunkline/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { PhoneField } from '../PhoneField';
import { LinkSteps } from './LinkSteps';
import { PairingCodeView } from './PairingCodeView';
import { SandboxNumbers } from './SandboxNumbers';
import { SandboxTypeCode } from './SandboxTypeCode';

export function PairingPanel({ account }: { account: Account }) {
  const t = useTranslations('pairing');
  const errorText = useErrorText();
  const [phoneNumber, setPhoneNumber] = useState(account.phoneNumber ?? '');
  const request = useMutation<PairingCode, Error, string>({
    mutationFn: (number) => accounts.pairingCode(account.id, { phoneNumber: number }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (phoneNumber.trim()) request.mutate(phoneNumber.trim());
  };
  if (request.data) {
    return (
      <div className="grid items-start gap-6 sm:grid-cols-2">
        <PairingCodeView code={request.data} onAgain={() => request.mutate(phoneNumber)} busy={request.isPending} />
        <div className="grid gap-5">
          <LinkSteps steps={['open', 'devices', 'useNumber', 'type']} />
          {account.network === 'sandbox' && <SandboxTypeCode number={phoneNumber} code={request.data.code} />}
        </div>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4" noValidate>
      <p className="text-pretty text-ink-soft">{t('lead')}</p>
      <PhoneField
        label={t('number')}
        value={phoneNumber}
        onChange={setPhoneNumber}
        network={account.network}
        error={
          request.error && (errorText.fields(request.error, ['phoneNumber']).phoneNumber ?? errorText(request.error))
        }
      />
      {account.network === 'sandbox' && <SandboxNumbers onChoose={setPhoneNumber} chosen={phoneNumber} />}
      <Button
        type="submit"
        variant="primary"
        className="justify-self-start"
        busy={request.isPending}
        disabled={!phoneNumber.trim()}
      >
        {t('getCode')}
      </Button>
    </form>
  );
}
