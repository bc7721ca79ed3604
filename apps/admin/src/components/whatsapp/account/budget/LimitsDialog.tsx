'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { readGovernor } from '@/lib/queries/governor';
import { QueryFailed } from '../../QueryFailed';
import { LimitsForm } from './LimitsForm';

interface LimitsDialogProps {
  accountId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function LimitsDialog({ accountId, open, onOpenChange }: LimitsDialogProps) {
  const t = useTranslations('limits');
  const query = useQuery({ ...readGovernor(accountId), enabled: open });
  const done = () => onOpenChange(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')} description={t('text')} className="sm:max-w-lg">
        {query.isPending && <Skeleton className="h-64 w-full" />}
        {query.isError && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && <LimitsForm {...{ accountId, done }} governor={query.data} />}
      </DialogContent>
    </Dialog>
  );
}
