import type { ForeignContainer } from '@/server/engine/queries/foreign-containers.ts';

/** Containers that are adopted together: those of a Compose project, or one alone. */
export interface ForeignGroup {
  readonly kind: 'container' | 'project';
  readonly name: string;
  readonly containers: readonly ForeignContainer[];
  /** Why they cannot be adopted, as far as a list tells; null where they may be. */
  readonly refusal: string | null;
}

/** Projects by name, then the containers of none. */
export function foreignGroups(containers: readonly ForeignContainer[]): readonly ForeignGroup[] {
  const projects = new Map<string, ForeignContainer[]>();
  for (const container of containers) {
    if (container.project === null) continue;
    projects.set(container.project, [...(projects.get(container.project) ?? []), container]);
  }
  return [
    ...[...projects].sort(([a], [b]) => a.localeCompare(b)).map(([name, members]) => toGroup('project', name, members)),
    ...containers.filter(({ project }) => project === null).map((container) => toGroup('container', container.name, [container])),
  ];
}

function toGroup(kind: ForeignGroup['kind'], name: string, containers: readonly ForeignContainer[]): ForeignGroup {
  const refused = containers.find(({ refusal }) => refusal !== null);
  const refusal = refused?.refusal ?? null;
  return { kind, name, containers, refusal: refused && kind === 'project' ? `${refused.name}: ${refusal}` : refusal };
}
