import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/router.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Api } from './connect.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type ApplicationRow = Outputs['application']['list'][number];
export type EntityRow = Outputs['application']['get']['entities'][number];
export type HostRow = Outputs['host']['list'][number];
export type CloudRow = Outputs['cloud']['list'][number];

export async function findApplication(api: Api, nameOrId: string): Promise<ApplicationRow> {
  return pick('application', nameOrId, await api.application.list.query(), (application) => [application.name]);
}

/** By id, or by name, blueprint id or path where only one entity has it; `APP/NAME` looks in one application only. */
export async function findEntity(api: Api, reference: string): Promise<EntityRow> {
  const slash = reference.indexOf('/');
  const applications = await api.application.list.query();
  const named = slash > 0 ? applications.filter(({ id, name }) => [id, name].includes(reference.slice(0, slash))) : [];
  const within = named.length > 0 ? named : applications;
  const wanted = named.length > 0 ? reference.slice(slash + 1) : reference;
  const details = await Promise.all(within.map(({ id }) => api.application.get.query({ applicationId: id })));
  const entities = details.flatMap((detail) => detail.entities);
  return pick('entity', wanted, entities, (entity) => [entity.name, entity.planId ?? '', entity.path]);
}

export async function findHost(api: Api, nameOrId: string): Promise<HostRow> {
  return pick('host', nameOrId, await api.host.list.query(), (host) => [host.name, host.address]);
}

export async function findCloud(api: Api, nameOrId: string): Promise<CloudRow> {
  return pick('cloud', nameOrId, await api.cloud.list.query(), (cloud) => [cloud.name]);
}

/** @throws ClockerError not-found; conflict when several have the name. */
export function pick<T extends { readonly id: string }>(
  what: string,
  reference: string,
  items: readonly T[],
  names: (item: T) => readonly string[],
): T {
  const byId = items.find((item) => item.id === reference);
  if (byId) return byId;
  const [first, ...others] = items.filter((item) => names(item).includes(reference));
  if (!first) {
    throw new ClockerError('not-found', {
      message: `There is no ${what} ${reference}`,
      hint:
        items.length === 0
          ? `There is no ${what} that you may see.`
          : `There are: ${items
              .slice(0, 10)
              .map((item) => names(item)[0])
              .join(', ')}`,
    });
  }
  if (others.length === 0) return first;
  const ids = [first, ...others].map((item) => item.id).join(', ');
  throw new ClockerError('conflict', { message: `More than one ${what} is called ${reference}`, hint: `Give an id: ${ids}` });
}
