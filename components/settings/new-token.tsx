'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Role, Scope } from '@/server/ports/auth.ts';
import { RoleSelect } from './role-select.tsx';
import { ScopeSelect } from './scope-select.tsx';

const DAYS = ['7', '30', '90', '365'] as const;
type Days = (typeof DAYS)[number];

export function NewToken({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const trpc = useTRPC();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [scope, setScope] = useState<Scope>('system');
  const [days, setDays] = useState<Days>('90');
  const create = useMutation(trpc.token.create.mutationOptions({ onSuccess: onMade }));
  const submit = () => create.mutate({ name, role, scope, expiresInDays: Number(days) });
  if (create.data) return <MadeToken token={create.data.token} onClose={onClose} />;
  return (
    <FormDialog
      title="Make an API token"
      action="Make token"
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" hint="Where it will be used.">
        <Input required maxLength={100} placeholder="ci" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Ends after">
        <Select<Days>
          className="w-full"
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({ value, label: `${value} days` }))}
        />
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

function MadeToken({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Your new token"
      description="It is shown this once. Copy it now."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 flex-1 text-sm break-all">{token}</code>
        <CopyButton text={token} label="Copy the token" />
      </div>
    </Dialog>
  );
}
