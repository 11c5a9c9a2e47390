'use client';
import { Select } from '@/components/ui/select.tsx';
import type { Role } from '@/server/ports/auth.ts';

export const ROLE_OPTIONS: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'viewer', label: 'Viewer: look' },
  { value: 'operator', label: 'Operator: deploy, scale, stop' },
  { value: 'admin', label: 'Admin: hosts, users, keys' },
];

export function RoleSelect({
  value,
  onChange,
  ...rest
}: {
  value: Role;
  onChange: (role: Role) => void;
  id?: string;
  'aria-label'?: string;
}) {
  return <Select<Role> className="w-full" value={value} onChange={onChange} options={ROLE_OPTIONS} {...rest} />;
}
