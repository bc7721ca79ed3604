'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { phones } from '@/lib/api/sandbox';
import { digitsOf, formatPhone } from '@/lib/format/phone';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { phonesQuery } from '@/lib/queries/sandbox';

/** Lets the sandbox phone of this number type the code, as a person would. */
export function SandboxTypeCode({ number, code }: { number: string; code: string }) {
  const t = useTranslations('sandboxScan');
  const errorText = useErrorText();
  const type = useMutation({
    mutationFn: () => phones.typeCode(digitsOf(number), { code }),
    onSuccess: () => void toast.success(t('typed')),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <div className="rounded-xl border border-dashed p-4">
      <p className="flex items-center gap-2 font-medium">
        <FlaskConical className="size-4 text-accent" aria-hidden />
        {t('typeTitle')}
      </p>
      <Button variant="primary" className="mt-3" busy={type.isPending} onClick={() => type.mutate()}>
        {t('type')}
      </Button>
    </div>
  );
}

interface ChooseProps {
  chosen: string;
  onChoose: (number: string) => void;
}

/** The numbers that sandbox phones have; one is made where there is none. */
SandboxTypeCode.Choose = function Choose({ chosen, onChoose }: ChooseProps) {
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
};
