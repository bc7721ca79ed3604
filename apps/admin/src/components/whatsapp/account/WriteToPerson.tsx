'use client';

import type { Account } from '@trunkline/contracts';
import { useMutation } from '@tanstack/react-query';
import { MessageSquarePlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { people } from '@/lib/api/sandbox';
import type { Person } from '@/lib/api/sandbox-types';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { writeTo } from '@/lib/navigation';

/** What to do next with an account that works: on the sandbox, somebody who answers is at hand. */
export function WriteToPerson({ account }: { account: Account }) {
  const t = useTranslations('next');
  const router = useRouter();
  const errorText = useErrorText();
  const write = useMutation({
    mutationFn: async () =>
      (await people.list()).find(answers) ?? (await people.create({ name: t('personName'), rule: { kind: 'echo' } })),
    onSuccess: ({ number }) => router.push(writeTo(account.id, `+${number}`)),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <Card className="flex flex-wrap items-center justify-between gap-4 p-5">
      <div>
        <h2 className="text-[0.9375rem] font-semibold tracking-tight">{t('title')}</h2>
        <p className="mt-0.5 text-ink-soft">{t('text')}</p>
      </div>
      <Button busy={write.isPending || write.isSuccess} onClick={() => write.mutate()}>
        <MessageSquarePlus aria-hidden />
        {t('write')}
      </Button>
    </Card>
  );
}

const answers = ({ online, rule }: Person): boolean => online && rule.kind === 'echo';
