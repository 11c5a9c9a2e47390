import type { Command } from 'commander';
import { isSilent, isUncertain } from '../../domain/entity/last-known.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication } from '../client/find.ts';
import { printable, toTable } from '../client/output.ts';
import { whyNotUp } from '../client/wait.ts';

export function appsCommand(): Command {
  return remoteCommand('apps', 'applications that you may see').action((options: CommonOptions) =>
    withServer(options, async ({ api, output }) => {
      const applications = await api.application.list.query();
      output.result(applications, () =>
        toTable(
          ['NAME', 'STATE', 'UP', 'LOCATION', 'HOSTS', 'GENERATION', 'ID'],
          applications.map((one) => [
            one.name,
            one.root?.actual ?? '?',
            `${one.membersUp}/${one.memberCount}`,
            one.location,
            one.hosts.map((host) => host.name).join(','),
            String(one.generation),
            one.id,
          ]),
        ),
      );
    }),
  );
}

export function showCommand(): Command {
  return remoteCommand('show', 'one application with its entities')
    .argument('<app>', 'name or id')
    .action((app: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id } = await findApplication(api, app);
        const detail = await api.application.get.query({ applicationId: id });
        output.result(detail, () => toLines(detail));
      }),
    );
}

type Detail = Awaited<ReturnType<Session['api']['application']['get']['query']>>;
type EntityRow = Detail['entities'][number];

function toLines({ application, entities, instances, hosts, rollout }: Detail): readonly string[] {
  const places = new Map<string, (typeof hosts)[number]>(hosts.map((host) => [host.id, host]));
  const rows = inOrder(entities, null, 0).map(([entity, depth]) => {
    const instance = instances.find((one) => one.id === entity.instanceId);
    const ports = instance?.ports.map((port) => `${port.host}→${port.container}`).join(',') ?? '';
    const host = instance && places.get(instance.hostId);
    const unknown = isSilent(host) && isUncertain(entity);
    return [
      `${'  '.repeat(depth)}${entity.name}`,
      unknown ? 'UNKNOWN' : entity.actual,
      host?.name ?? instance?.hostId ?? '',
      ports,
      entity.id,
      unknown && host ? `was ${entity.actual} ${secondsAgo(host.since)} ago; ${host.name} does not answer` : whyNot(entity),
    ];
  });
  return [
    printable(`${application.name} (${application.id}), generation ${application.generation}, in ${application.location}`),
    ...(rollout && rollout.endedAt === null ? [`Update from generation ${rollout.from} to ${rollout.to}: ${rollout.state}`] : []),
    '',
    ...toTable(['ENTITY', 'STATE', 'HOST', 'PORTS', 'ID', 'WHY'], rows),
  ];
}

function whyNot(entity: EntityRow): string {
  return entity.actual === 'RUNNING' ? '' : whyNotUp(entity);
}

function secondsAgo(at: number): string {
  return `${Math.max(0, Math.round((Date.now() - at) / 1_000))} s`;
}

function inOrder(entities: readonly EntityRow[], parentId: string | null, depth: number): readonly (readonly [EntityRow, number])[] {
  return entities
    .filter((entity) => entity.parentId === parentId)
    .flatMap((entity) => [[entity, depth] as const, ...inOrder(entities, entity.id, depth + 1)]);
}
