'use client';
import { useMay } from '@/components/shell/use-session.ts';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import type { LiveInstance } from '@/server/domain/entity/live-instance.ts';
import { portsWithin } from './ports-within.ts';

/** What leads a port of one's own machine to one of a container, published or not; for those who may have a terminal there. */
export function ForwardCommand({ instance }: { instance: Pick<LiveInstance, 'entityId' | 'spec' | 'state'> }) {
  const may = useMay('terminal');
  if (!may || instance.state !== 'running') return null;
  const [port = 'PORT'] = portsWithin(instance.spec);
  // By its id, which no other has and no shell reads otherwise.
  const command = `clocker forward ${instance.entityId} ${port}`;
  return (
    <div className="mt-2 flex items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-1 pl-2.5">
      <code className="min-w-0 flex-1 text-xs break-all">{command}</code>
      <CopyButton text={command} label="Copy the command that leads a port of your machine there" />
    </div>
  );
}
