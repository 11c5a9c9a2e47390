import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { DeletionPreview } from '@/server/api/application/preview-deletion.ts';

/** What a delete does, in the words of the confirmation. */
export function deletionVictims(preview: DeletionPreview, volumes: 'keep' | 'remove'): readonly Victims[] {
  const { containers, ports, dependants } = preview;
  return [
    containers.length > 0
      ? {
          title: `${formatCount(containers.length, 'container stops and is removed', 'containers stop and are removed')}`,
          items: containers.map((each) => `${each.entity} on ${each.host} (${each.name})`),
        }
      : { title: 'No container is running', items: [] },
    ...(ports.length > 0
      ? [
          {
            title: `${formatCount(ports.length, 'address is released', 'addresses are released')}`,
            items: ports.map((each) => `${each.host}:${each.port}/${each.protocol}`),
          },
        ]
      : []),
    ...(preview.volumes.length > 0
      ? [
          {
            title:
              volumes === 'remove'
                ? `${formatCount(preview.volumes.length, 'volume is removed with its data', 'volumes are removed with their data')}`
                : `${formatCount(preview.volumes.length, 'volume stays on its host', 'volumes stay on their hosts')}`,
            items: preview.volumes.map((each) => `${each.entity} on ${each.host} (${each.name})`),
            lost: volumes === 'remove',
          },
        ]
      : []),
    ...(dependants.length > 0
      ? [
          {
            title: `${formatCount(dependants.length, 'application uses it', 'applications use it')}`,
            items: dependants.map((each) => each.name),
            lost: true,
          },
        ]
      : []),
  ];
}
