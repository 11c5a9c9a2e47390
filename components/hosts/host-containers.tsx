'use client';
import Link from 'next/link';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useRecord, useRecordValue } from '@/components/live/use-live.ts';
import { useMetric, useMetricSeries } from '@/components/live/use-metric.ts';
import { formatBytes, formatCpus } from '@/components/ui/format-quantity.ts';
import { Sparkline } from '@/components/ui/sparkline.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { instanceLook } from '@/components/ui/state-look.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { Host } from '@/server/domain/entity/host.ts';
import type { LiveInstance } from '@/server/domain/entity/live-instance.ts';
import { USAGE_SENSOR } from '@/server/domain/sensor/usage-between.ts';

/** What of ours runs on a host. */
export function HostContainers({ host, instances }: { host: Host; instances: readonly LiveInstance[] }) {
  return (
    <section aria-labelledby="host-containers" className="border-t border-line">
      <h2 id="host-containers" className="px-4 pt-4 pb-2 font-medium">
        Containers <span className="font-normal text-ink-3 tabular">{instances.length}</span>
      </h2>
      {instances.length === 0 ? (
        <p className="px-4 pb-6 text-ink-2">
          None of ours.{' '}
          {host.foreignContainers > 0 ? `${host.foreignContainers} of others run here: they are counted and never touched.` : ''}
        </p>
      ) : (
        <Table aria-label={`Containers on ${host.name}`}>
          <thead>
            <tr>
              <Th>State</Th>
              <Th>Entity</Th>
              <Th className="max-sm:hidden">Application</Th>
              <Th>CPU</Th>
              <Th className="text-right">Memory</Th>
              <Th className="max-lg:hidden">Ports</Th>
              <Th className="max-lg:hidden">Image</Th>
              <Th className="text-right max-sm:hidden">Age</Th>
            </tr>
          </thead>
          <tbody>
            {instances.map((instance) => (
              <ContainerLine key={instance.id} instance={instance} />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function ContainerLine({ instance }: { instance: LiveInstance }) {
  const entity = useRecord('entity', instance.entityId);
  const application = useRecordValue('application', instance.applicationId, (record) => record.name);
  const cpu = useMetricSeries(instance.entityId, USAGE_SENSOR.containerCpu);
  const memory = useMetric(instance.entityId, USAGE_SENSOR.containerMemory);
  const serves = entity?.instanceId === instance.id;
  const latest = cpu.at(-1)?.value;
  return (
    <Tr>
      <Td className="w-px">{entity && serves ? <EntityBadge entity={entity} /> : <StateBadge look={instanceLook(instance.state)} />}</Td>
      <Td className="max-w-64 truncate">
        <Link href={`/applications/${instance.applicationId}?entity=${instance.entityId}`} className="font-medium hover:underline">
          {entity?.name ?? instance.containerName}
        </Link>
      </Td>
      <Td className="text-ink-2 max-sm:hidden">{application ?? ''}</Td>
      <Td>
        <span className="flex items-center gap-2">
          <Sparkline points={serves ? cpu : []} width={48} height={16} />
          <span className="w-8 text-right text-ink-2 tabular">{serves && latest !== undefined ? formatCpus(latest) : '–'}</span>
        </span>
      </Td>
      <Td className="text-right text-ink-2 tabular">{serves && memory !== null ? formatBytes(memory) : '–'}</Td>
      <Td className="font-mono text-xs text-ink-2 max-lg:hidden">
        {instance.ports.map((port) => `${port.host}→${port.container}`).join(' ')}
      </Td>
      <Td className="max-w-64 truncate font-mono text-xs text-ink-2 max-lg:hidden">{instance.spec.image}</Td>
      <Td className="text-right text-ink-2 max-sm:hidden">
        <Time at={instance.startedAt ?? instance.createdAt} mode="age" />
      </Td>
    </Tr>
  );
}
