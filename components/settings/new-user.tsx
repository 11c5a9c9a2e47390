'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView, toFieldErrors } from '@/components/ui/to-error-view.ts';
import type { Role, Scope } from '@/server/ports/auth.ts';
import { RoleSelect } from './role-select.tsx';
import { ScopeSelect } from './scope-select.tsx';

export function NewUser({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const formId = useId();
  const [account, setAccount] = useState({ username: '', name: '', password: '' });
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<Scope>('system');
  const create = useMutation(trpc.user.create.mutationOptions({ onSuccess: onDone }));
  const errors = toFieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ ...account, bindings: [{ role, scope }] });
  };
  const text = (key: keyof typeof account) => ({
    value: account[key],
    required: true,
    onChange: (event: { target: { value: string } }) => setAccount({ ...account, [key]: event.target.value }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Add a user"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            Add user
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid grid-cols-2 gap-x-3 gap-y-4">
        <Field label="User name" error={errors.username}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} {...text('username')} />
        </Field>
        <Field label="Name" error={errors.name}>
          <Input autoComplete="off" {...text('name')} />
        </Field>
        <Field
          label="First password"
          hint="At least 10 characters. Changed by the user in Settings."
          error={errors.password}
          className="col-span-2"
        >
          <Input type="password" autoComplete="new-password" {...text('password')} />
        </Field>
        <Field label="Role">
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Field label="Of">
          <ScopeSelect value={scope} onChange={setScope} />
        </Field>
        {create.error && Object.keys(errors).length === 0 ? (
          <ErrorState error={toErrorView(create.error)} compact className="col-span-2" />
        ) : null}
      </form>
    </Dialog>
  );
}
