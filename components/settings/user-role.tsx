'use client';
import { useMutation } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { RoleBinding, UserView } from '@/server/ports/auth.ts';
import { RoleSelect } from './role-select.tsx';
import { ScopeSelect } from './scope-select.tsx';

/** Replaces all roles of a user. Open sessions get the new ones at once. */
export function UserRole({ user, onClose, onDone }: { user: UserView; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const [bindings, setBindings] = useState<readonly RoleBinding[]>(user.bindings);
  const save = useMutation(trpc.user.setRole.mutationOptions({ onSuccess: onDone }));
  const change = (index: number, part: Partial<RoleBinding>) =>
    setBindings(bindings.map((binding, at) => (at === index ? { ...binding, ...part } : binding)));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Roles of ${user.username}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={bindings.length === 0}
            onClick={() => save.mutate({ userId: user.id, bindings: [...bindings] })}
          >
            Save roles
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-2">
        {bindings.map((binding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two roles may be equal while they are edited
          <li key={index} className="flex items-center gap-2">
            <RoleSelect aria-label="Role" value={binding.role} onChange={(role) => change(index, { role })} />
            <span className="text-ink-3">of</span>
            <ScopeSelect aria-label="Scope" value={binding.scope} onChange={(scope) => change(index, { scope })} />
            <Button
              variant="ghost"
              square
              aria-label="Take this role away"
              onClick={() => setBindings(bindings.filter((_, at) => at !== index))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <Button className="mt-2" onClick={() => setBindings([...bindings, { role: 'viewer', scope: 'system' }])}>
        <Plus aria-hidden />
        Add a role
      </Button>
      {save.error ? <ErrorState error={toErrorView(save.error)} compact className="mt-4" /> : null}
    </Dialog>
  );
}
