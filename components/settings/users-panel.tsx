'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ShieldCheck, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { DropdownItem } from '@/components/ui/dropdown.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { UserView } from '@/server/ports/auth.ts';
import { NewUser } from './new-user.tsx';
import { useScopeNames } from './scope-select.tsx';
import { scopeText } from './scope-text.ts';
import { QueryRows, SettingsSection } from './settings-section.tsx';
import { UserRole } from './user-role.tsx';

type Asking = { readonly what: 'add' } | { readonly what: 'role' | 'remove'; readonly user: UserView } | null;

export function UsersPanel() {
  const trpc = useTRPC();
  const users = useQuery(trpc.user.list.queryOptions());
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const done = () => {
    close();
    users.refetch();
  };
  return (
    <SettingsSection
      about="A role holds on a scope: everything, one cloud, or one application. Viewers look, operators deploy and scale, administrators also manage hosts, keys and users."
      add={{ label: 'Add user', icon: <UserPlus aria-hidden />, onSelect: () => setAsking({ what: 'add' }) }}
    >
      <QueryRows query={users}>{(list) => <UserTable users={list} onAsk={setAsking} />}</QueryRows>
      {asking?.what === 'add' ? <NewUser onClose={close} onDone={done} /> : null}
      {asking?.what === 'role' ? <UserRole user={asking.user} onClose={close} onDone={done} /> : null}
      {asking?.what === 'remove' ? <RemoveUser user={asking.user} onClose={close} onDone={done} /> : null}
    </SettingsSection>
  );
}

function UserTable({ users, onAsk }: { users: readonly UserView[]; onAsk: (asking: Asking) => void }) {
  const me = useSession().data?.user.id;
  const names = useScopeNames();
  return (
    <Table aria-label="Users">
      <thead>
        <tr>
          <Th>User name</Th>
          <Th>Name</Th>
          <Th>Roles</Th>
          <Th className="text-right max-sm:hidden">Since</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <Tr key={user.id}>
            <Td className="font-medium">
              {user.username} {user.id === me ? <span className="font-normal text-ink-3">(you)</span> : null}
            </Td>
            <Td className="text-ink-2">{user.name}</Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {user.bindings.map((binding) => (
                  <Badge key={`${binding.role} ${binding.scope}`}>
                    {binding.role} of {scopeText(binding.scope, names)}
                  </Badge>
                ))}
              </span>
            </Td>
            <Td className="text-right text-ink-2 max-sm:hidden">
              <Time at={user.createdAt} mode="age" />
            </Td>
            <Td className="w-px text-right">
              <ActsMenu name={user.username}>
                <DropdownItem icon={<ShieldCheck aria-hidden />} onSelect={() => onAsk({ what: 'role', user })}>
                  Change role…
                </DropdownItem>
                <DropdownItem
                  icon={<Trash2 aria-hidden />}
                  danger
                  disabled={user.id === me}
                  onSelect={() => onAsk({ what: 'remove', user })}
                >
                  Remove…
                </DropdownItem>
              </ActsMenu>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function RemoveUser({ user, onClose, onDone }: { user: UserView; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.user.remove.mutationOptions({ onSuccess: onDone }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${user.username}?`}
      victims={[{ title: 'All sessions and API tokens of this user end at once.', items: [] }]}
      action={`Remove ${user.username}`}
      onConfirm={() => remove.mutate({ userId: user.id })}
    />
  );
}
