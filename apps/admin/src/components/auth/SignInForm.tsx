'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { signIn } from '@/lib/api/session';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { safeReturn } from '@/lib/navigation';
import { systemQuery } from '@/lib/queries/system';
import { AuthCard } from './AuthCard';
import { SetupNeeded } from './SetupNeeded';

export function SignInForm() {
  const t = useTranslations('signIn');
  const { data: system } = useQuery(systemQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { enter, wrong } = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email: email.trim(), password });
  };
  if (system?.setupNeeded) return <SetupNeeded />;
  return (
    <AuthCard title={t('title')} lead={t('lead')}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('email')}>
          {(control) => (
            <Input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('password')} error={wrong}>
          {(control) => (
            <Input
              {...control}
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="large" busy={enter.isPending || enter.isSuccess}>
          {t('submit')}
        </Button>
      </form>
    </AuthCard>
  );
}

function useSignIn() {
  const router = useRouter();
  const client = useQueryClient();
  const next = useSearchParams().get('next');
  const errorText = useErrorText();
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: () => {
      // What the last person saw is not for the next.
      client.clear();
      router.replace(safeReturn(next));
    },
  });
  return { enter, wrong: enter.error && errorText(enter.error) };
}
