'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { phones } from '@/lib/api/sandbox';
import { digitsOf, formatPhone } from '@/lib/format/phone';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { phonesQuery } from '@/lib/queries/sandbox';

interface SandboxNumbersProps {
  chosen: string;
  onChoose: (number: string) => void;
}

/** The numbers that sandbox phones have; one is made where there is none. */
export function SandboxNumbers({ chosen, onChoose }: SandboxNumbersProps) {
  const t = useTranslations('sandboxScan');
  const errorText = useErrorText();
  const { data: existing = [] } = useQuery(phonesQuery);
  const make = useMutation({
    mutationFn: () => phones.create({}),
    onSuccess: ({ number }) => onChoose(`+${number}`),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <div className="flex flex-wrap gap-1.5" role="group" aria-label={t('phone')}>
      {existing.map(({ number, pushName }) => (
        <Button
          key={number}
          size="small"
          aria-pressed={digitsOf(chosen) === number}
          onClick={() => onChoose(`+${number}`)}
          className="aria-pressed:border-accent aria-pressed:bg-accent-wash"
        >
          {pushName} <bdi dir="ltr">{formatPhone(number)}</bdi>
        </Button>
      ))}
      <Button size="small" busy={make.isPending} onClick={() => make.mutate()}>
        {t('newPhone')}
      </Button>
    </div>
  );
}
