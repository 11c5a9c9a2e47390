'use client';
import { useLive } from '@/components/live/use-live.ts';
import { Select } from '@/components/ui/select.tsx';
import type { Scope } from '@/server/ports/auth.ts';

export interface ScopeSelectProps {
  value: Scope;
  onChange: (scope: Scope) => void;
  id?: string;
  'aria-label'?: string;
}

/** Everything, one cloud, or one application. */
export function ScopeSelect({ value, onChange, ...rest }: ScopeSelectProps) {
  const options = useLive(
    ['cloud', 'application'],
    ({ cloud, application }): readonly { readonly value: Scope; readonly label: string }[] => [
      { value: 'system', label: 'Everything' },
      ...[...cloud.values()].map((each) => ({ value: `cloud:${each.id}` as const, label: `Cloud ${each.name}` })),
      ...[...application.values()].map((each) => ({ value: `application:${each.id}` as const, label: `Application ${each.name}` })),
    ],
  );
  return <Select className="w-full" value={value} onChange={onChange} options={options} {...rest} />;
}

/** Names of clouds and applications by id. */
export function useScopeNames(): ReadonlyMap<string, string> {
  return useLive(['cloud', 'application'], ({ cloud, application }) => {
    const named = [...cloud.values(), ...application.values()];
    return new Map(named.map((each) => [each.id as string, each.name]));
  });
}
