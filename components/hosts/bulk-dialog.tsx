'use client';
import { AlertDialog, type Victims } from '@/components/ui/alert-dialog.tsx';
import { EachList } from '@/components/ui/each-list.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { useEach } from '@/components/ui/use-each.ts';
import type { Host } from '@/server/domain/entity/host.ts';

export interface BulkDialogProps {
  hosts: readonly Host[];
  title: string;
  description: string;
  victims: readonly Victims[];
  /** `Drain 3 hosts` */
  action: string;
  /** What is asked is not known yet. */
  busy?: boolean;
  /** Done once for all, before the first; what fails in it is told by `act`. */
  before?: () => Promise<unknown>;
  act: (hostId: Host['id']) => Promise<unknown>;
  /** `done`: all of them were accepted. */
  onClose: (done: boolean) => void;
}

/** Asks before something is done to several hosts, does it to one after the other, and stays open while some were refused. */
export function BulkDialog({ hosts, title, description, victims, action, busy = false, before, act, onClose }: BulkDialogProps) {
  const names = new Map(hosts.map(({ id, name }) => [id as string, name]));
  const each = useEach((id) => act(id as Host['id']));
  const failed = [...each.states].flatMap(([id, { kind }]) => (kind === 'failed' ? [id] : []));
  const isBegun = each.states.size > 0;
  const left = failed.length > 0 ? failed : [...names.keys()];
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        each.stop();
        onClose(false);
      }}
      title={title}
      description={description}
      victims={isBegun ? [] : victims}
      action={failed.length > 0 && !each.isBusy ? `Try ${formatCount(failed.length, 'host')} again` : action}
      busy={busy || each.isBusy}
      onConfirm={async () => {
        if (!isBegun) await before?.();
        if ((await each.run(left)).length === 0) onClose(true);
      }}
    >
      {isBegun ? <EachList states={each.states} nameOf={(id) => names.get(id) ?? id} /> : null}
    </AlertDialog>
  );
}
