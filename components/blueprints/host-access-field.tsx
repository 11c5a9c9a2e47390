'use client';
import { ShieldAlert } from 'lucide-react';
import { useMay } from '@/components/shell/use-session.ts';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';

export interface HostAccessFieldProps {
  diagnostics: readonly Diagnostic[];
  allowed: boolean;
  onAllow: (allowed: boolean) => void;
}

/** Asks for what gives containers rights over their host. Nothing where the blueprint asks for none. */
export function HostAccessField({ diagnostics, allowed, onAllow }: HostAccessFieldProps) {
  const mayAdminister = useMay('administer');
  const count = diagnostics.filter(({ code }) => code === 'host-access' || code === 'host-access-allowed').length;
  if (count === 0 && !allowed) return null;
  return (
    <section aria-label="Host access" className="flex flex-col gap-2 rounded-md border border-warn bg-surface p-3">
      <h2 className="flex items-center gap-2 font-medium">
        <ShieldAlert aria-hidden className="size-4 text-warn" />
        Host access
      </h2>
      <p className="text-sm text-ink-2">
        {count === 0
          ? 'Allowed, and nothing in the blueprint asks for it.'
          : `${count} ${count === 1 ? 'option gives' : 'options give'} containers rights over their host: whoever is in one of them has the host.`}
      </p>
      {mayAdminister ? (
        <Checkbox checked={allowed} onChange={onAllow} label="Allow it for this blueprint" />
      ) : (
        <p className="text-sm text-ink-3">Only who administers the cloud may allow it.</p>
      )}
    </section>
  );
}
