'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toFieldErrors } from '@/components/ui/to-error-view.ts';
import type { Role, Scope } from '@/server/ports/auth.ts';
import { RoleSelect } from './role-select.tsx';
import { ScopeSelect } from './scope-select.tsx';

export function NewUser({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const [account, setAccount] = useState({ username: '', name: '', password: '' });
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<Scope>('system');
  const create = useMutation(trpc.user.create.mutationOptions({ onSuccess: onDone }));
  const errors = toFieldErrors(create.error);
  const submit = () => create.mutate({ ...account, bindings: [{ role, scope }] });
  const text = (key: keyof typeof account) => ({
    value: account[key],
    required: true,
    onChange: (event: { target: { value: string } }) => setAccount({ ...account, [key]: event.target.value }),
  });
  return (
    <FormDialog
      title="Add a user"
      action="Add user"
      busy={create.isPending}
      error={Object.keys(errors).length === 0 ? create.error : null}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
