'use client';
import { Camera } from 'lucide-react';
import { useState } from 'react';
import { useRecord, useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { Button } from '@/components/ui/button.tsx';
import { DropdownItem } from '@/components/ui/dropdown.tsx';
import { formatBytes } from '@/components/ui/format-quantity.ts';
import { Time } from '@/components/ui/time.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { isPushed, type Snapshot } from '@/server/domain/snapshot/snapshot.ts';
import { LeaveSnapshot, PushSnapshot, RemoveSnapshot, RestoreSnapshot, TakeSnapshot } from './snapshot-acts.tsx';

type Asking = { readonly act: 'take' | 'leave' } | { readonly act: 'restore' | 'push' | 'remove'; readonly snapshot: Snapshot };

/** Snapshots of an entity's container, newest first, and what can be done with them. */
export function SnapshotList({ entity }: { entity: Entity }) {
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState<Asking | null>(null);
  const snapshots = useRecords(
    'snapshot',
    (snapshot) => snapshot.entityId === entity.id,
    (a, b) => b.at - a.at,
  );
  const close = (): void => setAsking(null);
  return (
    <section aria-label="Snapshots">
      <header className="mb-1 flex flex-wrap items-center gap-2">
        <h2 className="font-semibold text-sm">Snapshots</h2>
        {mayOperate && entity.snapshot ? (
          <Button className="ml-auto" onClick={() => setAsking({ act: 'leave' })}>
            Back to the blueprint's image…
          </Button>
        ) : null}
        {mayOperate && entity.instanceId ? (
          <Button className={entity.snapshot ? '' : 'ml-auto'} onClick={() => setAsking({ act: 'take' })}>
            <Camera aria-hidden />
            Take a snapshot…
          </Button>
        ) : null}
      </header>
      {snapshots.length === 0 ? (
        <p className="text-ink-2 text-sm">None. A snapshot keeps what the container has written into its own files, to restart from it.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {snapshots.map((snapshot) => (
            <SnapshotRow
              key={snapshot.id}
              snapshot={snapshot}
              runsFromIt={entity.snapshot?.id === snapshot.id}
              onAsk={mayOperate ? (act) => setAsking({ act, snapshot }) : null}
            />
          ))}
        </ul>
      )}
      {asking ? <Dialog entity={entity} asking={asking} onClose={close} /> : null}
    </section>
  );
}

function Dialog({ entity, asking, onClose }: { entity: Entity; asking: Asking; onClose: () => void }) {
  switch (asking.act) {
    case 'take':
      return <TakeSnapshot entity={entity} onClose={onClose} />;
    case 'leave':
      return <LeaveSnapshot entity={entity} onClose={onClose} />;
    case 'restore':
      return <RestoreSnapshot entity={entity} snapshot={asking.snapshot} onClose={onClose} />;
    case 'push':
      return <PushSnapshot snapshot={asking.snapshot} onClose={onClose} />;
    case 'remove':
      return <RemoveSnapshot snapshot={asking.snapshot} onClose={onClose} />;
  }
}

interface SnapshotRowProps {
  snapshot: Snapshot;
  runsFromIt: boolean;
  /** Null where the reader may do nothing. */
  onAsk: ((act: 'restore' | 'push' | 'remove') => void) | null;
}

function SnapshotRow({ snapshot, runsFromIt, onAsk }: SnapshotRowProps) {
  const host = useRecord('host', snapshot.hostId);
  const { note, at, by, sizeBytes, state, secrets } = snapshot;
  const mayPush = state === 'ready' && (snapshot.push === undefined || snapshot.push.state === 'failed');
  return (
    <li className="flex items-start gap-2 px-3 py-1.5">
      <div className="min-w-0 grow">
        <p className="break-words">
          {note === '' ? 'Snapshot' : note}
          {runsFromIt ? <span className="font-medium"> · runs from it</span> : null}
        </p>
        <p className="text-ink-2 text-sm">
          <Time at={at} mode="age" /> by {by} on {host?.name ?? 'a host that is gone'}
          {sizeBytes === null ? null : `, ${formatBytes(sizeBytes)}`}
        </p>
        <p className="break-words text-ink-2 text-sm">{stateWords(snapshot)}</p>
        {secrets.files.length > 0 ? <p className="break-words text-sm text-warn">Secrets in {secrets.files.join(', ')}</p> : null}
      </div>
      {onAsk === null ? null : (
        <ActsMenu name={`snapshot ${note}`.trim()}>
          <DropdownItem disabled={state !== 'ready'} onSelect={() => onAsk('restore')}>
            Restore…
          </DropdownItem>
          <DropdownItem disabled={!mayPush} onSelect={() => onAsk('push')}>
            Push to the registry…
          </DropdownItem>
          <DropdownItem disabled={state === 'taking' || runsFromIt} onSelect={() => onAsk('remove')}>
            Remove…
          </DropdownItem>
        </ActsMenu>
      )}
    </li>
  );
}

function stateWords(snapshot: Snapshot): string {
  const { state, problem, push } = snapshot;
  if (state === 'taking') return 'Being taken';
  if (state === 'failed') return `Failed: ${problem}`;
  if (state === 'removing') return problem === '' ? 'Being removed' : `Cannot be removed yet: ${problem}`;
  if (isPushed(snapshot)) return `Ready on any host, as ${push?.reference}`;
  if (push?.state === 'failed') return `Ready on its host; not pushed: ${push.problem}`;
  return push ? 'Ready on its host; being pushed' : 'Ready on its host';
}
