import type { ConfigMap, ConfigValue } from '@/server/domain/blueprint/config-value.ts';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';

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

const IMAGE_KEYS = ['docker.image.name', 'image', 'imageName', 'docker.imageName', 'image.name'] as const;
const SIZE_KEYS = ['cluster.initial.size', 'initialSize'] as const;

/** What a plan makes, without its root; a cluster is followed by what a member is. */
export function planTree(root: EntitySpec): readonly PlanLine[] {
  return root.children.flatMap((child) => linesOf(child, 0));
}

function linesOf(spec: EntitySpec, depth: number): readonly PlanLine[] {
  const size = spec.memberSpec ? (numberOf(spec.config, SIZE_KEYS) ?? 1) : null;
  const line: PlanLine = { path: spec.path, name: spec.name, type: spec.type, depth, size, image: imageOf(spec.config) };
  const below = spec.memberSpec ? [spec.memberSpec, ...spec.children] : spec.children;
  return [line, ...below.flatMap((child) => linesOf(child, depth + 1))];
}

function imageOf(config: ConfigMap): string | null {
  const name = IMAGE_KEYS.map((key) => config[key]).find((value) => typeof value === 'string');
  if (typeof name !== 'string') return null;
  const tag = config['docker.image.tag'];
  return typeof tag === 'string' && !name.includes(':', name.lastIndexOf('/') + 1) ? `${name}:${tag}` : name;
}

function numberOf(config: ConfigMap, keys: readonly string[]): number | null {
  const value: ConfigValue | undefined = keys.map((key) => config[key]).find((each) => typeof each === 'number');
  return typeof value === 'number' ? value : null;
}
