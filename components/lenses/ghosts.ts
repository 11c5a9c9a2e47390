import type { PreviewedDecision } from '../../server/engine/queries/preview-placement.ts';

/** A host as a plan sees it, with the containers that would go there; `id` null: those that none fits. */
export interface GhostHost {
  readonly id: string | null;
  readonly name: string;
  readonly containers: readonly Ghost[];
}

export interface Ghost {
  readonly id: string;
  readonly name: string;
  /** Of the part that it would be made of; null where that is not drawn. */
  readonly partKey: string | null;
  /** Why it would go there, or why nowhere: in one sentence. */
  readonly reason: string;
}

export interface GhostNames {
  readonly hostName: (id: string) => string;
  /** The part that stands for what is at a place of the plan. */
  readonly partAt: (path: string) => string | undefined;
}

/** The containers of a plan on the hosts where they would go; hosts by name, what none fits last. */
export function ghostsOf(decisions: readonly PreviewedDecision[], { hostName, partAt }: GhostNames): readonly GhostHost[] {
  const hosts = [...Map.groupBy(decisions, ({ hostId }) => hostId)].map(([id, some]): GhostHost => {
    return {
      id,
      name: id === null ? 'No host fits now' : hostName(id),
      containers: some.map(({ id: decisionId, name, path, explanation }) => {
        const about = explanation.filter(({ refused, hostId }) => refused === (id === null) && (id === null || hostId === id));
        const reason = about.at(-1)?.text ?? explanation.at(-1)?.text ?? '';
        return { id: decisionId, name, partKey: partAt(path) ?? null, reason };
      }),
    };
  });
  return hosts.sort((a, b) => Number(a.id === null) - Number(b.id === null) || a.name.localeCompare(b.name));
}
