'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { phones } from '@/lib/api/sandbox';
import { digitsOf } from '@/lib/format/phone';
import { useErrorText } from '@/lib/hooks/useErrorText';

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
