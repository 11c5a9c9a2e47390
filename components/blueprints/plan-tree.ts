import type { ConfigMap, ConfigValue } from '@/server/domain/blueprint/config-value.ts';
import { toImage } from '@/server/domain/entity/container-config.ts';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import { plannedSize } from '@/server/domain/entity-types/cluster-config.ts';
import type { DefaultImage } from '@/server/domain/entity-types/default-image.ts';

/** One entity of a plan as a line of an indented list. */
export interface PlanLine {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly depth: number;
  /** Initial members of a cluster; null for everything else. */
  readonly size: number | null;
  readonly image: string | null;
}

const IMAGE_NAME = 'docker.image.name';
const IMAGE_TAG = 'docker.image.tag';

/** By type. */
export type DefaultImages = ReadonlyMap<string, DefaultImage>;

/** What a plan makes, without its root; a cluster is followed by what a member is. */
export function planTree(root: EntitySpec, defaults: DefaultImages): readonly PlanLine[] {
  return root.children.flatMap((child) => linesOf(child, 0, defaults));
}

function linesOf(spec: EntitySpec, depth: number, defaults: DefaultImages): readonly PlanLine[] {
  const size = spec.memberSpec ? (numberOf(plannedSize(spec.config)) ?? 1) : null;
  const image = imageOf(spec.config, defaults.get(spec.type));
  const line: PlanLine = { path: spec.path, name: spec.name, type: spec.type, depth, size, image };
  const below = spec.memberSpec ? [spec.memberSpec, ...spec.children] : spec.children;
  return [line, ...below.flatMap((child) => linesOf(child, depth + 1, defaults))];
}

/** Null where there is none, or where it is known only once the application runs. */
function imageOf(config: ConfigMap, defaults: DefaultImage | undefined): string | null {
  const name = config[IMAGE_NAME] ?? defaults?.name;
  if (typeof name !== 'string') return null;
  const tag = config[IMAGE_TAG] ?? defaults?.tag;
  return toImage(name, typeof tag === 'string' || typeof tag === 'number' ? tag : undefined);
}

function numberOf(value: ConfigValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
