'use client';

import { useMutation } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { chats } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';

/** A phone that is on answers within this; one that is off may answer tomorrow. */
const PATIENCE_MS = 20_000;

/** All that is here is on the page; the phone may have more. What it sends comes by the event. */
export function LoadOlder({ chatId }: { chatId: string }) {
  const t = useTranslations('messages');
  const errorText = useErrorText();
  const [waiting, setWaiting] = useState(false);
  const { mutate } = useMutation({
    mutationFn: () => chats.older(chatId),
    onMutate: () => setWaiting(true),
    onError: (error) => {
      setWaiting(false);
      toast.error(errorText(error));
    },
  });
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setWaiting(false);
      toast.info(t('olderLate'));
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting, t]);
  return (
    <div className="flex justify-center pt-4 pb-1">
      <Button size="small" busy={waiting} onClick={() => mutate()}>
        <History aria-hidden />
        {t('loadOlder')}
      </Button>
    </div>
  );
}
