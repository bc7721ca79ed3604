'use client';

import { setupSchema } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { setUp } from '@/lib/api/system';
import { checkForm, type FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { paths } from '@/lib/navigation';
import { AuthCard } from './AuthCard';
import { SetupNeeded } from './SetupNeeded';

const empty = { name: '', email: '', password: '' };
const fields = [
  { name: 'name', type: 'text', autoComplete: 'name' },
  { name: 'email', type: 'email', autoComplete: 'username' },
  { name: 'password', type: 'password', autoComplete: 'new-password' },
] as const;

/** The owner's first step, with the one-time link from the terminal; it signs in as well. */
export function SetupForm() {
  const t = useTranslations('setup');
  const token = useSearchParams().get('token');
  const [values, setValues] = useState(empty);
  const { create, errors, check } = useSetup(token ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (check(values)) create.mutate(values);
  };
  if (!token) return <SetupNeeded />;
  return (
    <AuthCard title={t('title')} lead={t('lead')}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {fields.map(({ name, type, autoComplete }, index) => (
          <Field
            key={name}
            label={t(name)}
            hint={name === 'password' ? t('passwordHint') : undefined}
            error={errors[name]}
          >
            {(control) => (
              <Input
                {...control}
                type={type}
                name={name}
                autoComplete={autoComplete}
                autoFocus={index === 0}
                value={values[name]}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {errors.form && (
          <p role="alert" className="rounded-lg bg-bad-wash px-3 py-2 text-bad">
            {errors.form}
          </p>
        )}
        <Button type="submit" variant="primary" size="large" busy={create.isPending || create.isSuccess}>
          {t('submit')}
        </Button>
      </form>
    </AuthCard>
  );
}

function useSetup(token: string) {
  const router = useRouter();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const create = useMutation({
    mutationFn: (values: typeof empty) => setUp({ token, ...values }),
    onSuccess: () => {
      client.clear();
      router.replace(paths.accounts);
    },
    onError: (error) => setErrors(errorText.fields(error, ['name', 'email', 'password'])),
  });
  const check = (values: typeof empty) => {
    const found = checkForm(setupSchema, { token, ...values });
    setErrors(found.token ? { ...found, form: found.token } : found);
    return Object.keys(found).length === 0;
  };
  return { create, errors, check };
}
