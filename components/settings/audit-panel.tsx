'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { AuditEntry } from '@/server/ports/store.ts';
import { QueryRows, SettingsSection } from './settings-section.tsx';

const PAGE = 100;
const TONES = { ok: 'off', denied: 'warn', failed: 'bad' } as const;

export function AuditPanel() {
  const client = useTRPCClient();
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query({ limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : (page.at(-1)?.id ?? undefined)),
    staleTime: 0,
  });
  return (
    <SettingsSection about="Who did what, and who was refused. Entries are only ever added, each sealed to the one before it; secrets are masked.">
      <QueryRows query={audit}>
        {({ pages }) => {
          const entries = pages.flat();
          if (entries.length === 0) {
            return (
              <EmptyState icon={ScrollText} title="Nothing yet">
                Every change made through the console, the command line or the API is written here.
              </EmptyState>
            );
          }
          return (
            <>
              <AuditTable entries={entries} />
              {audit.hasNextPage ? (
                <div className="p-4">
                  <Button busy={audit.isFetchingNextPage} onClick={() => audit.fetchNextPage()}>
                    Older entries
                  </Button>
                </div>
              ) : null}
            </>
          );
        }}
      </QueryRows>
    </SettingsSection>
  );
}

function AuditTable({ entries }: { entries: readonly (AuditEntry & { readonly id: number })[] }) {
  return (
    <Table aria-label="Audit log">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>Outcome</Th>
          <Th className="max-md:hidden">On</Th>
          <Th className="max-md:hidden">Input</Th>
          <Th className="max-lg:hidden">From</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.id}>
            <Td className="text-ink-2">
              <Time at={entry.at} />
            </Td>
            <Td>{entry.actor}</Td>
            <Td className="font-mono text-xs">{entry.action}</Td>
            <Td>
              <Badge tone={TONES[entry.outcome]}>{entry.outcome}</Badge>
            </Td>
            <Td className="max-w-48 truncate text-ink-2 max-md:hidden">{entry.scope}</Td>
            <Td className="w-full max-w-0 truncate font-mono text-xs text-ink-3 max-md:hidden" title={entry.detail}>
              {entry.detail}
            </Td>
            <Td className="font-mono text-xs text-ink-3 max-lg:hidden">{entry.remote}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
