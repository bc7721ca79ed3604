'use client';

import type { Network, Proxy, ProxyTest } from '@trunkline/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { TimeAgo } from '@/components/whatsapp/TimeAgo';
import { proxies } from '@/lib/api/proxies';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { systemQuery } from '@/lib/queries/system';

/** How the last test of a proxy went, and a button for each network that it can be tried with. */
export function TestLine({ proxy }: { proxy: Proxy }) {
  const t = useTranslations('proxies');
  const network = useTranslations('network');
  const errorText = useErrorText();
  const { data: system } = useQuery(systemQuery);
  const test = useMutation({
    mutationFn: (where: Network) => proxies.test(proxy.id, where),
    onError: (error) => void toast.error(errorText(error)),
  });
  const shown = test.data && (!proxy.lastTest || test.data.at >= proxy.lastTest.at) ? test.data : proxy.lastTest;
  const offered = (['whatsapp', 'sandbox'] as const).filter((each) => system?.networks[each]);
  return (
    <div className="flex flex-wrap-reverse items-center justify-between gap-3">
      {shown ? <Result test={shown} /> : <p className="text-[0.8125rem] text-ink-soft">{t('untested')}</p>}
      <span className="flex flex-wrap gap-2">
        {offered.map((each) => (
          <Button
            key={each}
            size="small"
            busy={test.isPending && test.variables === each}
            aria-label={t('testOne', { name: proxy.name, network: network(each) })}
            onClick={() => test.mutate(each)}
          >
            {t('test', { network: network(each) })}
          </Button>
        ))}
      </span>
    </div>
  );
}

function Result({ test }: { test: ProxyTest }) {
  const t = useTranslations('proxies');
  return (
    <div role="status" className="grid justify-items-start gap-1">
      <Badge tone={test.ok ? 'good' : 'bad'}>
        {test.ok ? t('works', { milliseconds: test.latencyMs ?? 0 }) : t('fails')}
      </Badge>
      <p className="text-pretty text-xs text-ink-soft">
        {test.detail} <TimeAgo value={test.at} />
      </p>
    </div>
  );
}
