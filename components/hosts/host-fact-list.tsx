'use client';
import type { ReactNode } from 'react';
import { useRecordValue } from '@/components/live/use-live.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { formatBytes, formatCpus } from '@/components/ui/format-quantity.ts';
import { Time } from '@/components/ui/time.tsx';
import { isMachine } from '@/server/domain/cloud/cloud-of-host.ts';
import type { Host, HostFacts, HostPlace } from '@/server/domain/entity/host.ts';
import { labelTexts, placeTexts } from './host-rows.ts';

export function HostFactList({ host }: { host: Host }) {
  const cloud = useRecordValue('cloud', host.cloudId ?? '', (record) => record.name);
  const { facts } = host;
  const labels = labelTexts(host.labels);
  const items: (readonly [string, ReactNode])[] = [
    ['Cloud', host.cloudId === null ? 'None: the machine of one process' : (cloud ?? host.cloudId)],
    ['Address', <code key="address" className="text-xs">{`${host.user}@${host.address}:${host.port}`}</code>],
    ['State since', <Time key="since" at={host.since} />],
    ...(facts
      ? ([
          ['System', `${facts.os}, ${facts.architecture}`],
          ['Kernel', facts.kernel],
          ...(isMachine(host) ? [] : engineItems(facts)),
          ['May use', `${formatCpus(facts.cpus)} CPU, ${formatBytes(facts.memoryBytes)}`],
        ] as const)
      : []),
    ...(isMachine(host)
      ? []
      : [['Foreign', host.foreignContainers === 0 ? 'none' : `${host.foreignContainers} running, never touched`] as const]),
    [
      'Labels',
      labels.length === 0 ? (
        'none'
      ) : (
        <span key="labels" className="flex flex-wrap gap-1">
          {labels.map((label) => (
            <Badge key={label}>{label}</Badge>
          ))}
        </span>
      ),
    ],
    ...(host.place ? ([['Place', placeText(host.place)]] as const) : []),
    [
      'Host key',
      <code key="key" className="text-xs break-all">
        {host.hostKey.fingerprint}
      </code>,
    ],
    ['Added', <Time key="added" at={host.createdAt} />],
  ];
  return <DefinitionList items={items} />;
}

function engineItems(facts: HostFacts): readonly (readonly [string, ReactNode])[] {
  return [
    ['Engine', `Docker ${facts.engineVersion}, ${facts.storageDriver}, cgroup ${facts.cgroupVersion}`],
    ['Live restore', facts.liveRestore ? 'on: containers outlive a restart of the engine' : 'off'],
  ];
}

function placeText(place: HostPlace): string {
  const { latitude, longitude } = place;
  const coordinates = latitude === undefined || longitude === undefined ? [] : [`${latitude}°, ${longitude}°`];
  return [...placeTexts(place), ...coordinates].join(', ');
}
