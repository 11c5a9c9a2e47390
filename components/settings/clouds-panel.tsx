'use client';
import { useMutation } from '@tanstack/react-query';
import { Cloud as CloudIcon, Plus } from 'lucide-react';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import type { Cloud } from '@/server/domain/entity/host.ts';
import { CloudForm } from './cloud-form.tsx';
import { SettingsSection } from './settings-section.tsx';

type Asking = { readonly what: 'add' } | { readonly what: 'edit' | 'remove'; readonly cloud: Cloud } | null;

export function CloudsPanel() {
  const clouds = useRecords('cloud', undefined, (a, b) => a.name.localeCompare(b.name));
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  return (
    <SettingsSection
      about="A cloud is a set of hosts under the name that blueprints give as their location. Its placement strategies decide, in order, which host gets a container: each refuses hosts with a reason or puts them in order."
      add={{ label: 'Add cloud', icon: <Plus aria-hidden />, onSelect: () => setAsking({ what: 'add' }) }}
    >
      {clouds.length === 0 ? (
        <EmptyState icon={CloudIcon} title="No clouds yet">
          Add one here, or together with its first host.
        </EmptyState>
      ) : (
        <CloudTable clouds={clouds} onAsk={setAsking} />
      )}
      {asking?.what === 'add' ? <CloudForm cloud={null} onClose={close} /> : null}
      {asking?.what === 'edit' ? <CloudForm cloud={asking.cloud} onClose={close} /> : null}
      {asking?.what === 'remove' ? <RemoveCloud cloud={asking.cloud} onClose={close} /> : null}
    </SettingsSection>
  );
}

function CloudTable({ clouds, onAsk }: { clouds: readonly Cloud[]; onAsk: (asking: Asking) => void }) {
  const hosts = useRecords('host');
  return (
    <Table aria-label="Clouds">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Placement, in order</Th>
          <Th className="text-right">Hosts</Th>
          <Th className="text-right max-sm:hidden">Host ports</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {clouds.map((cloud) => (
          <Tr key={cloud.id}>
            <Td className="font-medium">{cloud.name}</Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {cloud.strategies.map((choice) => (
                  <Badge key={choice.strategy}>
                    {choice.strategy}
                    {Object.values(choice.config).length > 0 ? ` (${Object.values(choice.config).join(', ')})` : ''}
                  </Badge>
                ))}
                {cloud.strategies.length === 0 ? <span className="text-ink-3">oldest host that fits</span> : null}
              </span>
            </Td>
            <Td className="text-right tabular">{hosts.filter((host) => host.cloudId === cloud.id).length}</Td>
            <Td className="text-right text-ink-2 tabular max-sm:hidden">
              {cloud.portPool.from}–{cloud.portPool.to}
            </Td>
            <Td className="w-px text-right">
              <Button variant="ghost" onClick={() => onAsk({ what: 'edit', cloud })}>
                Edit
              </Button>
              <Button variant="danger-ghost" onClick={() => onAsk({ what: 'remove', cloud })}>
                Remove
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function RemoveCloud({ cloud, onClose }: { cloud: Cloud; onClose: () => void }) {
  const trpc = useTRPC();
  const hosts = useRecords('host', (host) => host.cloudId === cloud.id);
  const remove = useMutation(trpc.cloud.remove.mutationOptions({ onSuccess: onClose }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${cloud.name}?`}
      victims={[
        hosts.length > 0
          ? {
              title: `It still has ${formatCount(hosts.length, 'host')}, so this will be refused`,
              items: hosts.map((host) => host.name),
            }
          : { title: 'It has no hosts.', items: [] },
      ]}
      action={`Remove ${cloud.name}`}
      onConfirm={() => remove.mutate({ cloudId: cloud.id })}
    />
  );
}
