'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { signIn } from './sign-in.ts';

const schema = z
  .object({
    token: z.string().min(1, 'Copy it from the terminal where Clocker was started.'),
    name: z.string().min(1, 'Say who you are.').max(100),
    username: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,29}$/, '2 to 30 letters, digits, dots, hyphens or underscores.'),
    password: z.string().min(10, 'At least 10 characters.').max(128),
    again: z.string(),
  })
  .refine((value) => value.password === value.again, { path: ['again'], message: 'The two passwords differ.' });

export function SetupForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const token = useSearchParams().get('token') ?? '';
  const status = useQuery(trpc.setup.status.queryOptions());
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { token, name: '', username: 'admin', password: '', again: '' },
  });
  const createAdmin = useMutation(trpc.setup.createAdmin.mutationOptions());
  const create = useMutation({
    mutationFn: async ({ again: _again, ...admin }: z.output<typeof schema>) => {
      await createAdmin.mutateAsync(admin);
      await signIn(admin.username, admin.password);
    },
    onSuccess: () => router.replace('/applications'),
  });
  const errors = form.formState.errors;
  if (status.isPending) return <Skeleton className="h-64 w-full" />;
  if (status.data && !status.data.needed) {
    return (
      <p>
        Clocker is already set up.{' '}
        <Link href="/login" className="text-accent-text underline underline-offset-2">
          Sign in
        </Link>
      </p>
    );
  }
  return (
    <form onSubmit={form.handleSubmit((value) => create.mutate(value))} className="flex flex-col gap-4" noValidate>
      <Field label="Set-up token" hint="Printed in the terminal at start; valid until used." error={errors.token?.message}>
        <Input className="font-mono" autoComplete="off" spellCheck={false} {...form.register('token')} />
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        <Input autoComplete="name" {...form.register('name')} />
      </Field>
      <Field label="User name" error={errors.username?.message}>
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('username')} />
      </Field>
      <Field label="Password" hint="At least 10 characters." error={errors.password?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Field label="Password again" error={errors.again?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('again')} />
      </Field>
      {create.error ? <ErrorState error={toErrorView(create.error)} compact /> : null}
      <Button type="submit" variant="primary" busy={create.isPending}>
        Create administrator
      </Button>
    </form>
  );
}
