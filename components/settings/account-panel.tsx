'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changePassword } from '@/components/session/sign-in.ts';
import { useSession } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useScopeNames } from './scope-select.tsx';
import { scopeText } from './scope-text.ts';

export function AccountPanel() {
  const session = useSession();
  const names = useScopeNames();
  const user = session.data?.user;
  return (
    <div className="flex max-w-md flex-col gap-8 px-4 py-4">
      {user ? (
        <DefinitionList
          items={[
            ['Name', user.name],
            ['User name', user.username],
            ['Roles', (session.data?.bindings ?? []).map((binding) => `${binding.role} of ${scopeText(binding.scope, names)}`).join(', ')],
          ]}
        />
      ) : null}
      <PasswordForm />
    </div>
  );
}

function PasswordForm() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== next;
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setAgain('');
      notify.done('Password changed', 'Other sessions of yours were ended.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!differs) change.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <h2 className="font-medium">Change password</h2>
      <Field label="Current password">
        <Input
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <Field label="New password" hint="At least 10 characters.">
        <Input
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
      </Field>
      <Field label="New password again" error={differs ? 'The two passwords differ.' : undefined}>
        <Input type="password" autoComplete="new-password" required value={again} onChange={(event) => setAgain(event.target.value)} />
      </Field>
      {change.error ? <ErrorState error={toErrorView(change.error)} compact /> : null}
      <Button type="submit" className="self-start" busy={change.isPending}>
        Change password
      </Button>
    </form>
  );
}
