'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Role, Scope } from '@/server/ports/auth.ts';
import { RoleSelect } from './role-select.tsx';
import { ScopeSelect } from './scope-select.tsx';

const DAYS = ['7', '30', '90', '365'] as const;
type Days = (typeof DAYS)[number];

export function NewToken({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const trpc = useTRPC();
  const formId = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [scope, setScope] = useState<Scope>('system');
  const [days, setDays] = useState<Days>('90');
  const create = useMutation(trpc.token.create.mutationOptions({ onSuccess: onMade }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, role, scope, expiresInDays: Number(days) });
  };
  if (create.data) return <MadeToken token={create.data.token} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Make an API token"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            Make token
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid grid-cols-2 gap-x-3 gap-y-4">
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
        {create.error ? <ErrorState error={toErrorView(create.error)} compact className="col-span-2" /> : null}
      </form>
    </Dialog>
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
