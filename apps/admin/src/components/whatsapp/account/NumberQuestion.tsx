'use client';

import type { Account } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { formatPhone } from '@/lib/format/phone';
import { usePhoneLibrary } from '@/lib/hooks/usePhoneLibrary';
import { useAsk } from './useAsk';

/** Another phone than before was linked: the two answers, each with what it does. */
export function NumberQuestion({ account }: { account: Account }) {
  const t = useTranslations('numberQuestion');
  const ask = useAsk(account);
  usePhoneLibrary();
  const number = formatPhone(account.numberConflict?.phoneNumber ?? '');
  return (
    <May least="operator">
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          busy={ask.isPending && ask.variables === 'accept-number'}
          disabled={ask.isPending}
          onClick={() => ask.mutate('accept-number')}
        >
          {t('accept', { number })}
        </Button>
        <Button
          busy={ask.isPending && ask.variables === 'refuse-number'}
          disabled={ask.isPending}
          onClick={() => ask.mutate('refuse-number')}
        >
          {t('refuse')}
        </Button>
      </div>
    </May>
  );
}
