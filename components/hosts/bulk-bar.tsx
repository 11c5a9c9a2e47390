'use client';
import { useMutation } from '@tanstack/react-query';
import { Ban, CircleCheck, LogOut, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkDrain } from './bulk-drain.tsx';
import { BulkLabels } from './bulk-labels-dialog.tsx';
import type { HostRow } from './host-rows.ts';

export interface BulkBarProps {
  /** Those that are chosen. */
  rows: readonly HostRow[];
  onClear: () => void;
}

/** What can be done to several hosts at once. */
export function BulkBar({ rows, onClear }: BulkBarProps) {
  const mayAdminister = useMay('administer');
  const client = useTRPCClient();
  const [asking, setAsking] = useState<'drain' | 'labels' | 'remove' | null>(null);
  const hosts = rows.map(({ host }) => host);
  const isCordoned = hosts.every(({ cordoned }) => cordoned);
  const cordon = useMutation({
    mutationFn: async () => {
      const changing = hosts.filter(({ cordoned }) => cordoned === isCordoned);
      const set = async (cordoned: boolean) =>
        await Promise.allSettled(changing.map(({ id }) => client.host.cordon.mutate({ hostId: id, cordoned })));
      const outcomes = await set(!isCordoned);
      const refusals = outcomes.flatMap((outcome, at) =>
        outcome.status === 'rejected' ? [`${changing[at]?.name}: ${toErrorView(outcome.reason).message}`] : [],
      );
      if (refusals.length > 0) notify.error(`${formatCount(refusals.length, 'host')} did not change`, refusals.join('; '));
      else {
        const done = `${formatCount(changing.length, 'host')} ${isCordoned ? 'may get new containers' : 'cordoned'}`;
        notify.undoable(done, () => void set(isCordoned));
      }
    },
  });
  const close = (done: boolean): void => {
    setAsking(null);
    if (done) onClear();
  };
  return (
    <section
      aria-label="Chosen hosts"
      className="sticky bottom-0 z-10 flex flex-wrap items-center gap-2 border-y border-line bg-accent-soft px-4 py-2"
    >
      <span className="font-medium" aria-live="polite">
        {formatCount(rows.length, 'host')} chosen
      </span>
      <Button busy={cordon.isPending} onClick={() => cordon.mutate()}>
        {isCordoned ? <CircleCheck aria-hidden /> : <Ban aria-hidden />}
        {isCordoned ? 'Allow new containers' : 'Cordon'}
      </Button>
      <Button onClick={() => setAsking('drain')}>
        <LogOut aria-hidden />
        Drain…
      </Button>
      {mayAdminister ? (
        <>
          <Button onClick={() => setAsking('labels')}>
            <Tag aria-hidden />
            Labels…
          </Button>
          <Button variant="danger-ghost" onClick={() => setAsking('remove')}>
            <Trash2 aria-hidden />
            Remove…
          </Button>
        </>
      ) : null}
      <Button variant="ghost" className="ml-auto" onClick={onClear}>
        <X aria-hidden />
        Choose none
      </Button>
      {asking === 'drain' ? <BulkDrain hosts={hosts} onClose={close} /> : null}
      {asking === 'labels' ? <BulkLabels hosts={hosts} onClose={close} /> : null}
      {asking === 'remove' ? <BulkRemove rows={rows} onClose={close} /> : null}
    </section>
  );
}

function BulkRemove({ rows, onClose }: { rows: readonly HostRow[]; onClose: (done: boolean) => void }) {
  const client = useTRPCClient();
  const count = formatCount(rows.length, 'host');
  const full = rows.filter(({ containers }) => containers > 0);
  const empty = rows.filter(({ containers }) => containers === 0);
  return (
    <BulkDialog
      hosts={rows.map(({ host }) => host)}
      title={`Remove ${count}?`}
      description="Clocker forgets these machines and their keys. Nothing on them changes."
      victims={[
        { title: `${formatCount(empty.length, 'host')} will be removed`, items: empty.map(({ host }) => host.name) },
        ...(full.length === 0
          ? []
          : [
              {
                title: `${formatCount(full.length, 'host')} will be refused: drain them first`,
                items: full.map(({ host, containers }) => `${host.name}: ${formatCount(containers, 'container')} of ours`),
              },
            ]),
      ]}
      action={`Remove ${count}`}
      act={async (hostId) => await client.host.remove.mutate({ hostId })}
      onClose={(done) => {
        if (done) notify.done(`${count} removed`);
        onClose(done);
      }}
    />
  );
}
