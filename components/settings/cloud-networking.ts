import type { Cloud } from '@/server/domain/entity/host.ts';
import { DEFAULT_POOL } from '@/server/domain/network/virtual-network.ts';
import type { Json } from '@/server/domain/shared/json.ts';

/** Of a select, where networks end at a host without a provider. */
export const NO_PROVIDER = 'none';
const CONFLIST = 'cni.conflist';
const ENCRYPTED = 'overlay.encrypted';

/** What a form of a cloud says of its networks. */
export interface NetworkingChoices {
  readonly provider: string;
  readonly pool: string;
  /** JSON; empty is the provider's own. */
  readonly conflist: string;
  /** Of networks by Swarm. */
  readonly encrypted: boolean;
}

export function networkingChoices(cloud: Cloud | null): NetworkingChoices {
  const { provider = NO_PROVIDER, pool = DEFAULT_POOL, config = {} } = cloud?.networking ?? {};
  return { provider, pool, conflist: toText(config[CONFLIST]), encrypted: String(config[ENCRYPTED] ?? false) === 'true' };
}

function toText(conflist: Json | undefined): string {
  if (conflist === undefined) return '';
  return typeof conflist === 'string' ? conflist : JSON.stringify(conflist, null, 2);
}

/** For `cloud.create` and `cloud.update`. What is as it was is not sent: it may not be changed below applications. */
export function networkingInput(cloud: Cloud | null, choices: NetworkingChoices) {
  const before = cloud?.networking;
  const { provider, pool, conflist, encrypted } = choices;
  if (provider === NO_PROVIDER) return before ? { networking: null } : {};
  const known = networkingChoices(cloud);
  const isToldSame = (provider !== 'cni' || known.conflist === conflist) && (provider !== 'overlay' || known.encrypted === encrypted);
  if (known.provider === provider && known.pool === pool && isToldSame) return {};
  const { prefix, config } = before ?? {};
  // What one provider is told means nothing to another.
  const { [CONFLIST]: _, [ENCRYPTED]: __, ...kept } = config !== undefined && before?.provider === provider ? config : {};
  const told = {
    ...kept,
    ...(provider === 'cni' && conflist.trim() !== '' ? { [CONFLIST]: conflist } : {}),
    ...(provider === 'overlay' && encrypted ? { [ENCRYPTED]: true } : {}),
  };
  return {
    networking: {
      ...{ provider, pool: pool.trim() },
      ...(prefix === undefined ? {} : { prefix }),
      ...(Object.keys(told).length === 0 ? {} : { config: told }),
    },
  };
}
