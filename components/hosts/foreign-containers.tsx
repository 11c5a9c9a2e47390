'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';

/** Containers of others, as the host lists them now. There is nothing to do with them here. */
export function ForeignContainers({ host }: { host: Host }) {
  const trpc = useTRPC();
  const isReady = host.state === 'ready';
  const containers = useQuery(trpc.host.foreign.queryOptions({ hostId: host.id }, { enabled: isReady, staleTime: 0 }));
  if (!isReady || containers.data?.length === 0) return null;
  return (
    <section aria-labelledby="host-foreign" className="border-t border-line">
      <h2 id="host-foreign" className="px-4 pt-4 pb-2 font-medium">
        Containers of others <span className="font-normal text-ink-3">counted, never touched</span>
      </h2>
      {containers.error ? <ErrorState error={toErrorView(containers.error)} compact className="mx-4 mb-4" /> : null}
      {containers.isPending ? <Skeleton className="mx-4 mb-4 h-16" /> : null}
      {containers.data ? (
        <Table aria-label={`Containers of others on ${host.name}`}>
          <thead>
            <tr>
              <Th>State</Th>
              <Th>Name</Th>
              <Th>Image</Th>
              <Th className="max-sm:hidden">Compose project</Th>
            </tr>
          </thead>
          <tbody>
            {containers.data.map(({ name, image, state, project }) => (
              <Tr key={name}>
                <Td className="w-px text-ink-2">{state}</Td>
                <Td className="max-w-64 truncate font-medium">{name}</Td>
                <Td className="max-w-64 truncate font-mono text-xs text-ink-2">{image}</Td>
                <Td className="text-ink-2 max-sm:hidden">{project ?? ''}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </section>
  );
}
