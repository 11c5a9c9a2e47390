import type { Host } from '../../../domain/entity/host.ts';
import { type ErrorView, toClockerError, toErrorView } from '../../../domain/shared/clocker-error.ts';
import type { HostId } from '../../../domain/shared/ids.ts';
import type { HostSession } from '../../../ports/host-session.ts';
import type { EngineContext } from '../../engine-context.ts';
import { loginOf } from '../../registry-login.ts';
import { invalid, notFound } from '../hosts/require-valid.ts';

export interface LoginSeen {
  readonly hostId: HostId;
  readonly host: string;
  /** Null where it is taken. */
  readonly error: ErrorView | null;
}

/** Hosts that are asked at the same time. */
const MOST_HOSTS = 20;

/**
 * Has the engines of ready hosts log in with what is kept, as a pull would, 20 of them at most. @throws ClockerError not-found | input.invalid (no
 * login is kept, or no host is ready)
 */
export async function checkRegistry(
  context: Pick<EngineContext, 'store' | 'secrets' | 'hosts'>,
  id: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly LoginSeen[]> {
  const { store, hosts } = context;
  const registry = store.view.get('registry', id);
  if (registry === undefined) throw notFound('registry', id);
  const login = loginOf(context, registry);
  if (login === undefined) throw invalid(`No login is kept for ${id}`, 'Add one.');
  const ready = [...store.view.all('host').values()]
    .flatMap((host): readonly (readonly [Host, HostSession])[] => {
      const session = hosts.ready(host.id);
      return session === undefined ? [] : [[host, session]];
    })
    .slice(0, MOST_HOSTS);
  if (ready.length === 0) throw invalid('No host is ready that could ask', 'Registries are asked by hosts, as they pull from them.');
  return await Promise.all(
    ready.map(async ([{ id: hostId, name: host }, session]) => {
      try {
        await session.engine.checkLogin(login, signal === undefined ? {} : { signal });
        return { hostId, host, error: null };
      } catch (error) {
        return { hostId, host, error: toErrorView(toClockerError(error)) };
      }
    }),
  );
}
