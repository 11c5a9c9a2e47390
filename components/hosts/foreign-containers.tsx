'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { AdoptDialog } from './adopt-dialog.tsx';
import { type ForeignGroup, foreignGroups } from './foreign-groups.ts';

/** Containers of others, as the host lists them now, by their projects. All that can be done to them here is to adopt them. */
export function ForeignContainers({ host }: { host: Host }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayAdopt = useMay('administer');
  const [adopting, setAdopting] = useState<ForeignGroup | null>(null);
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
              {mayAdopt ? <ThActs /> : null}
            </tr>
          </thead>
          {foreignGroups(containers.data).map((group) => (
            <Group key={`${group.kind} ${group.name}`} group={group} onAdopt={mayAdopt ? () => setAdopting(group) : null} />
          ))}
        </Table>
      ) : null}
      {adopting ? (
        <AdoptDialog
          host={host}
          kind={adopting.kind}
          source={adopting.name}
          onClose={() => setAdopting(null)}
          onAdopted={(applicationId) => router.push(`/applications/${applicationId}`)}
        />
      ) : null}
    </section>
  );
}

/** A project has a line of its own above its containers, which are adopted together. */
function Group({ group, onAdopt }: { group: ForeignGroup; onAdopt: (() => void) | null }) {
  const isProject = group.kind === 'project';
  const act = onAdopt ? <AdoptCell group={group} onAdopt={onAdopt} /> : null;
  return (
    <tbody className="border-b border-line last:border-b-0">
      {isProject ? (
        <Tr>
          <Td colSpan={3} className="text-ink-2">
            Compose project <span className="font-medium text-ink">{group.name}</span>
          </Td>
          {act}
        </Tr>
      ) : null}
      {group.containers.map(({ id, name, image, state }) => (
        <Tr key={id}>
          <Td className="w-px text-ink-2">{state}</Td>
          <Td className={isProject ? 'max-w-64 truncate pl-6' : 'max-w-64 truncate font-medium'}>{name}</Td>
          <Td className="max-w-64 truncate font-mono text-xs text-ink-2">{image}</Td>
          {isProject ? onAdopt ? <Td /> : null : act}
        </Tr>
      ))}
    </tbody>
  );
}

function AdoptCell({ group: { name, refusal }, onAdopt }: { group: ForeignGroup; onAdopt: () => void }) {
  return (
    <Td className="w-px text-right">
      {refusal === null ? (
        <Button variant="ghost" aria-label={`Adopt ${name}…`} onClick={onAdopt}>
          Adopt…
        </Button>
      ) : (
        <span className="block max-w-72 truncate text-ink-3" title={refusal}>
          {refusal}
        </span>
      )}
    </Td>
  );
}
