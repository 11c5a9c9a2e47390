'use client';
import { Badge } from '@/components/ui/badge.tsx';
import type { Tone } from '@/components/ui/state-look.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { useRowKeys } from '@/components/ui/use-row-keys.ts';
import type { CatalogRow } from './catalog-rows.ts';

const STATES: Readonly<Record<CatalogRow['state'], { readonly tone: Tone; readonly label: string } | null>> = {
  usable: null,
  planned: { tone: 'off', label: 'planned only' },
  deprecated: { tone: 'warn', label: 'deprecated' },
  disabled: { tone: 'off', label: 'disabled' },
};

export interface CatalogTableProps {
  rows: readonly CatalogRow[];
  selected: string;
  onSelect: (id: string) => void;
}

/** `j` and `k` walk the rows, Enter shows one. */
export function CatalogTable({ rows, selected, onSelect }: CatalogTableProps) {
  const walked = useRowKeys(
    rows.map((row) => row.id),
    onSelect,
  );
  return (
    <Table aria-label="Types">
      <thead>
        <tr>
          <Th>Type</Th>
          <Th>Kind</Th>
          <Th className="max-sm:hidden">Version</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id} data-row={row.id} aria-selected={row.id === selected || row.id === walked} className="relative">
            <Td className="w-full max-w-0">
              <span className="flex min-w-0 items-baseline gap-2">
                <button
                  type="button"
                  onClick={() => onSelect(row.id)}
                  className="shrink-0 truncate text-base font-medium after:absolute after:inset-0 hover:underline"
                >
                  {row.title}
                </button>
                <span className="min-w-0 truncate font-mono text-xs text-ink-3 max-sm:hidden">{row.name}</span>
              </span>
            </Td>
            <Td className="text-ink-2">{row.kind}</Td>
            <Td className="text-ink-2 tabular max-sm:hidden">{row.version ?? <span className="text-ink-3">ships</span>}</Td>
            <Td className="w-px">
              <CatalogState state={row.state} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function CatalogState({ state }: { state: CatalogRow['state'] }) {
  const look = STATES[state];
  return look ? <Badge tone={look.tone}>{look.label}</Badge> : null;
}
