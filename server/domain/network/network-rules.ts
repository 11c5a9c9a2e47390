import { z } from 'zod';
import type { Entity } from '../entity/entity.ts';
import type { EntityId } from '../shared/ids.ts';

/** Of an application for all of its networks, of a `virtual-network` for itself. */
export const RULES_KEY = 'network.rules';

const PORT = /^([1-9]\d{0,4})(?:\/(tcp|udp))?$/;
const port = z
  .union([z.number(), z.string()])
  .refine((value) => toRulePort(value) !== null, 'needs a port from 1 to 65535, for UDP as "53/udp"');
const rule = z.strictObject({
  from: z.string().min(1).describe('Id of the entity that may connect; a cluster stands for its members.'),
  to: z.string().min(1).describe('Id of the entity that it may connect to.'),
  ports: z.array(port, 'needs a list of ports').min(1, 'needs a port').max(100),
});

/** `- { from: web, to: db, ports: [3306] }`: who may connect to whom. A network with rules is closed but for them. */
export const networkRules = z.array(rule, 'needs a list of rules: { from: web, to: db, ports: [3306] }').max(200);

export type NetworkRule = z.infer<typeof rule>;

export interface RulePort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Null where it is none. */
export function toRulePort(value: number | string): RulePort | null {
  const [, digits, protocol] = PORT.exec(String(value)) ?? [];
  const number = Number(digits);
  if (digits === undefined || number > 65_535) return null;
  return { port: number, protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}

type Carrying = Pick<Entity, 'type' | 'planId' | 'parentId' | 'spec'>;

/** Rules for a network of an application, of all its entities; null where it has none and is open. */
export function rulesFor(entities: readonly Carrying[], logicalName: string): readonly NetworkRule[] | null {
  const given = entities.flatMap(({ type, planId, parentId, spec }) => {
    const isOwn = type === 'virtual-network' && (spec.config['network.id'] ?? planId) === logicalName;
    const parsed = isOwn || parentId === null ? networkRules.safeParse(spec.config[RULES_KEY]) : null;
    return parsed?.success ? [parsed.data] : [];
  });
  return given.length === 0 ? null : given.flat();
}

export interface RuleMember {
  readonly address: string;
  /** Ids in the blueprint of its entity and of all above it. */
  readonly ids: ReadonlySet<string>;
}

export interface AllowedFlow extends RulePort {
  /** Addresses. */
  readonly from: string;
  readonly to: string;
}

/** Each address that may connect to each, in order. Pure. */
export function allowedFlows(rules: readonly NetworkRule[], members: readonly RuleMember[]): readonly AllowedFlow[] {
  const having = (id: string): readonly string[] => members.flatMap(({ address, ids }) => (ids.has(id) ? [address] : []));
  const found = new Map<string, AllowedFlow>();
  for (const { from, to, ports } of rules) {
    const opened = ports.flatMap((one) => toRulePort(one) ?? []);
    for (const source of having(from)) {
      for (const target of having(to)) {
        if (source === target) continue;
        for (const one of opened) found.set(`${source} ${target} ${one.protocol} ${one.port}`, { from: source, to: target, ...one });
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow);
}

/** Whether rules let one connect to another: by TCP on a port, or without one at all. Each end by its ids and those above it. */
export function isAllowed(
  rules: readonly NetworkRule[],
  { from, to, port: wanted }: { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string>; readonly port: number | null },
): boolean {
  return rules.some((one) => {
    if (!from.has(one.from) || !to.has(one.to)) return wanted === null && from.has(one.to) && to.has(one.from);
    return wanted === null || one.ports.some((value) => toRulePort(value)?.port === wanted && toRulePort(value)?.protocol === 'tcp');
  });
}

/** Ids in the blueprint of an entity and of all above it. */
export function idsAbove(get: (id: EntityId) => Pick<Entity, 'planId' | 'parentId'> | undefined, id: EntityId): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let entity = get(id); entity; entity = entity.parentId === null ? undefined : get(entity.parentId))
    if (entity.planId !== null) ids.add(entity.planId);
  return ids;
}
