'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatBytes, formatCount } from '@/components/ui/format-quantity.ts';
import { notify } from '@/components/ui/notify.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { ShownImage } from '@/server/engine/queries/host-images.ts';

/** What Clocker has brought to the host; what nothing needs can be removed, once it was shown. */
export function HostImages({ host }: { host: Host }) {
  const trpc = useTRPC();
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState(false);
  const isReady = host.state === 'ready';
  const images = useQuery(trpc.host.images.queryOptions({ hostId: host.id }, { enabled: isReady, staleTime: 0 }));
  const unused = images.data?.images.filter(({ keptBy }) => keptBy === null) ?? [];
  if (!isReady || images.data?.images.length === 0) return null;
  return (
    <section aria-labelledby="host-images" className="border-t border-line">
      <header className="flex flex-wrap items-center gap-x-2 px-4 pt-4 pb-2">
        <h2 id="host-images" className="font-medium">
          Images <span className="font-normal text-ink-3">that Clocker has brought{othersOf(images.data?.others)}</span>
        </h2>
        {mayOperate && unused.length > 0 ? (
          <Button className="ml-auto" onClick={() => setAsking(true)}>
            <Trash2 aria-hidden />
            Remove {unused.length} unused…
          </Button>
        ) : null}
      </header>
      {images.error ? <ErrorState error={toErrorView(images.error)} compact className="mx-4 mb-4" /> : null}
      {images.isPending ? <Skeleton className="mx-4 mb-4 h-16" /> : null}
      {images.data ? <ImageTable host={host} images={images.data.images} /> : null}
      {asking ? <RemoveUnused host={host} unused={unused} onClose={() => setAsking(false)} onDone={() => images.refetch()} /> : null}
    </section>
  );
}

function othersOf(others: number | undefined): string {
  return others ? `, beside ${others} of others, which are never touched` : '';
}

function ImageTable({ host, images }: { host: Host; images: readonly ShownImage[] }) {
  return (
    <Table aria-label={`Images on ${host.name}`}>
      <thead>
        <tr>
          <Th>Image</Th>
          <Th className="text-right">Size</Th>
          <Th className="max-sm:hidden">How</Th>
          <Th className="text-right max-sm:hidden">Age</Th>
          <Th>Needed</Th>
        </tr>
      </thead>
      <tbody>
        {images.map(({ name, sizeBytes, how, at, keptBy }) => (
          <Tr key={name}>
            <Td className="max-w-40 truncate font-mono text-xs sm:max-w-72">{shortName(name)}</Td>
            <Td className="whitespace-nowrap text-right tabular">{sizeBytes === null ? 'gone' : formatBytes(sizeBytes)}</Td>
            <Td className="text-ink-2 max-sm:hidden">{how}</Td>
            <Td className="text-right text-ink-2 max-sm:hidden">
              <Time at={at} mode="age" />
            </Td>
            <Td className="max-w-64 truncate text-ink-2">{keptBy ?? 'unused'}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** An id as engines show it. */
function shortName(name: string): string {
  return name.replace(/^sha256:([0-9a-f]{12})[0-9a-f]*$/, '$1');
}

interface RemoveUnusedProps {
  host: Host;
  unused: readonly ShownImage[];
  onClose: () => void;
  onDone: () => void;
}

function RemoveUnused({ host, unused, onClose, onDone }: RemoveUnusedProps) {
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.host.removeImages.mutationOptions({
      onSuccess: ({ removed, kept }) => {
        const stays = kept.map(({ name, reason }) => `${name} stays: ${reason}`);
        notify.done([`Removed ${formatCount(removed.length, 'image')} from ${host.name}`, ...stays].join('. '));
        onDone();
        onClose();
      },
    }),
  );
  const bytes = unused.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${formatCount(unused.length, 'unused image')} from ${host.name}?`}
      description={`Up to ${formatBytes(bytes)}: layers that other images share stay. What is needed again is pulled or built again.`}
      victims={[
        {
          title: 'These go',
          items: unused.map(
            ({ name, how, sizeBytes }) =>
              `${shortName(name)}${how === 'build step' ? ', left of a build' : ''}${sizeBytes === null ? ', gone already' : `, ${formatBytes(sizeBytes)}`}`,
          ),
        },
      ]}
      action={`Remove ${formatCount(unused.length, 'image')}`}
      onConfirm={() => remove.mutate({ hostId: host.id, names: unused.map(({ name }) => name) })}
    />
  );
}
