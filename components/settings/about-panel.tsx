'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { formatDuration } from '@/components/ui/format-time.ts';
import { QueryRows } from './settings-section.tsx';

const STORES = { sqlite: 'SQLite, in the data directory', postgres: 'PostgreSQL' } as const;

export function AboutPanel() {
  const trpc = useTRPC();
  const about = useQuery(trpc.system.about.queryOptions(undefined, { refetchInterval: 10_000 }));
  return (
    <QueryRows query={about}>
      {(system) => (
        <div className="flex max-w-xl flex-col gap-4 px-4 py-4">
          <DefinitionList
            items={[
              ['Version', system.version],
              ['Plane', <code key="plane">{system.planeId}</code>],
              ['Store', STORES[system.store]],
              ['Revision', system.revision.toLocaleString('en-US')],
              ['Up', formatDuration(system.uptimeMs)],
            ]}
          />
          <p className="text-ink-2">
            The API is described at{' '}
            <a href="/api/openapi.json" className="text-accent-text underline underline-offset-2">
              /api/openapi.json
            </a>
            , metrics for Prometheus are at{' '}
            <a href="/metrics" className="text-accent-text underline underline-offset-2">
              /metrics
            </a>
            .
          </p>
        </div>
      )}
    </QueryRows>
  );
}
