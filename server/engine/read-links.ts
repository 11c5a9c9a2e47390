import { type Links, linkHost, linkVariables } from '../domain/entity/links.ts';
import type { StoreView } from '../ports/store.ts';

/** What a container gets from those that it is linked to. */
export interface Linked {
  readonly kind: 'linked';
  /** Null where it is linked to nothing. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** `alias:address` for its /etc/hosts. */
  readonly hosts: readonly string[];
}

type Reading = Linked | { readonly kind: 'waiting'; readonly for: string } | { readonly kind: 'invalid'; readonly problem: string };

/** Reads where those are that an entity is linked to. It waits for one that does not serve yet. */
export function readLinks(links: Links, view: StoreView): Reading {
  const entries = Object.entries(links);
  if (entries.length === 0) return { kind: 'linked', variables: null, hosts: [] };
  const variables: Record<string, string> = {};
  const hosts: string[] = [];
  for (const [alias, { $entity }] of entries) {
    const other = view.get('entity', $entity);
    if (other === undefined) return { kind: 'invalid', problem: `links: there is no service for “${alias}”` };
    const instance = other.instanceId ? view.get('instance', other.instanceId) : undefined;
    const host = instance && view.get('host', instance.hostId);
    const serves = instance?.state === 'running' && instance.ready;
    if (!instance || !host || !serves) return { kind: 'waiting', for: `${other.planId ?? other.name}: ready` };
    const target = { name: other.name, instance, host };
    Object.assign(variables, linkVariables(alias, target));
    hosts.push(...[linkHost(alias, target)].flatMap((line) => line ?? []));
  }
  return { kind: 'linked', variables, hosts };
}
