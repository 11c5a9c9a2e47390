'use client';
import { useQueries } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc.ts';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import { BulkDialog } from './bulk-dialog.tsx';

/** What leaves each of the hosts and what stays. All are cordoned first, so that nothing moves from one to the other. */
export function BulkDrain({ hosts, onClose }: { hosts: readonly Host[]; onClose: (done: boolean) => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const previews = useQueries({
    queries: hosts.map(({ id }) => trpc.host.drainPreview.queryOptions({ hostId: id }, { staleTime: 0 })),
  });
  const lines = previews.flatMap(({ data }, at) => (data ?? []).map((line) => ({ ...line, host: hosts[at]?.name ?? '' })));
  const toText = ({ host, application, name, text }: (typeof lines)[number]): string => `${host}: ${application} / ${name}: ${text}`;
  const [leaving, staying] = [lines.filter(({ leaves }) => leaves), lines.filter(({ leaves }) => !leaves)];
  const failure = previews.find(({ error }) => error)?.error;
  const count = formatCount(hosts.length, 'host');
  return (
    <BulkDialog
      hosts={hosts}
      title={`Drain ${count}?`}
      description="None of them gets new containers, those of each other included. What can leave starts elsewhere before it stops here."
      busy={previews.some(({ isPending }) => isPending)}
      victims={[
        ...(failure ? [{ title: `What is on them is not known: ${toErrorView(failure).message}`, items: [] }] : []),
        {
          title: leaving.length === 0 ? 'Nothing leaves' : `${formatCount(leaving.length, 'entity', 'entities')} will leave`,
          items: leaving.map(toText),
        },
        ...(staying.length === 0
          ? []
          : [{ title: `${formatCount(staying.length, 'entity', 'entities')} will stay`, items: staying.map(toText) }]),
      ]}
      action={`Drain ${count}`}
      before={() => Promise.allSettled(hosts.map(({ id }) => client.host.cordon.mutate({ hostId: id, cordoned: true })))}
      act={async (hostId) => await client.host.drain.mutate({ hostId, afterwards: 'keep' })}
      onClose={onClose}
    />
  );
}
