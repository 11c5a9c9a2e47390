'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { toNextPath } from './next-path.ts';
import { signIn } from './sign-in.ts';

export function LoginForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const next = toNextPath(useSearchParams().get('next'));
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const setup = useQuery(trpc.setup.status.queryOptions());
  const enter = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: trpc.session.me.queryKey() });
      router.replace(next);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <>
      {setup.data?.needed ? (
        <p className="rounded-md border border-line bg-busy-soft px-3 py-2">
          There is no administrator yet. Open the set-up link that Clocker printed in the terminal where it was started.
        </p>
      ) : null}
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="User name">
          <Input
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <Input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {enter.error ? <ErrorState error={toErrorView(enter.error)} compact /> : null}
        <Button type="submit" variant="primary" busy={enter.isPending}>
          Sign in
        </Button>
      </form>
    </>
  );
}
