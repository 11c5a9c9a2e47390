import type { Application } from '../../domain/entity/application.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import type { StoreView } from '../../ports/store.ts';

/** Applications that are deployed to a cloud or have a container on its hosts, the one excepted that it belongs to. */
export function applicationsOn(view: StoreView, cloud: Cloud, except: string): readonly Application[] {
  const ids = new Set(view.hostsOf(cloud.id).flatMap((host) => view.instancesOn(host.id).map(({ applicationId }) => applicationId)));
  return [...view.all('application').values()].filter(({ id, location }) => id !== except && (location === cloud.name || ids.has(id)));
}
