import type { HostId } from '../shared/ids.ts';

/** An entity as far as it is bound to others. */
export interface TiedEntity {
  readonly id: string;
  readonly name: string;
  /** What it has in common with others, in words: `network default`, `volume uploads`. Empty for one that stands alone. */
  readonly ties: readonly string[];
  /** Host that holds its data, or alone has the snapshot that it runs from. */
  readonly dataHostId: HostId | null;
  /** What binds it to that host; absent is its data. */
  readonly boundBy?: 'snapshot';
  /** Host of the container that it has, or is about to have, with these ties. */
  readonly hostId: HostId | null;
  /** Since when it has that container, milliseconds since the epoch. */
  readonly since: number;
}

export type Home =
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'host'; readonly hostId: HostId; readonly because: string }
  | { readonly kind: 'torn'; readonly reason: string };

/**
 * Where an entity has to be because of others: a bridge network or a shared volume does not reach beyond its host, so all entities that
 * hang together by them are on one. Data decides, then the oldest container.
 */
export function decideHome(self: TiedEntity, others: readonly TiedEntity[]): Home {
  if (self.ties.length === 0) return { kind: 'anywhere' };
  const group = [self, ...groupOf(self, others)];
  const holders = group.filter((entity) => entity.dataHostId !== null);
  const [holder] = holders;
  const torn = holders.find((other) => other.dataHostId !== holder?.dataHostId);
  if (holder && torn) {
    const reason = `${holder.name} and ${torn.name} have their ${bondOf(holder)} on different hosts, and ${tieBetween(holder, torn)} needs them on one`;
    return { kind: 'torn', reason };
  }
  if (holder?.dataHostId) {
    const because = holder.id === self.id ? `its ${bondOf(holder)} is there` : `with the ${bondOf(holder)} of ${holder.name}`;
    return { kind: 'host', hostId: holder.dataHostId, because };
  }
  const placed = group.filter((entity) => entity.id !== self.id && entity.hostId !== null).sort(byAge);
  const [oldest] = placed;
  if (!oldest?.hostId) return { kind: 'anywhere' };
  return { kind: 'host', hostId: oldest.hostId, because: `with the others of ${tieBetween(self, oldest)}` };
}

function bondOf({ boundBy }: TiedEntity): string {
  return boundBy ?? 'data';
}

/** Those that hang together with an entity, directly or through others. */
export function groupOf(self: TiedEntity, others: readonly TiedEntity[]): readonly TiedEntity[] {
  const reached = new Set(self.ties);
  let rest = others.filter((other) => other.id !== self.id && other.ties.length > 0);
  const found: TiedEntity[] = [];
  for (;;) {
    const next = rest.filter((other) => other.ties.some((tie) => reached.has(tie)));
    if (next.length === 0) return found;
    found.push(...next);
    for (const other of next) for (const tie of other.ties) reached.add(tie);
    rest = rest.filter((other) => !next.includes(other));
  }
}

function tieBetween(one: TiedEntity, other: TiedEntity): string {
  return one.ties.find((tie) => other.ties.includes(tie)) ?? one.ties[0] ?? '';
}

function byAge(a: TiedEntity, b: TiedEntity): number {
  return a.since - b.since || (a.id < b.id ? -1 : 1);
}
