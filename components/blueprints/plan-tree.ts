import type { ConfigMap, ConfigValue } from '@/server/domain/blueprint/config-value.ts';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import { isJsonObject, type JsonObject } from '@/server/domain/shared/json.ts';

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
const INITIAL_SIZE = 'cluster.initial.size';

/** Images of types whose blueprint names none, by type. */
export type DefaultImages = ReadonlyMap<string, string>;

/** What a plan makes, without its root; a cluster is followed by what a member is. */
export function planTree(root: EntitySpec, defaults: DefaultImages): readonly PlanLine[] {
  return root.children.flatMap((child) => linesOf(child, 0, defaults));
}

/** The image that a type's config schema gives when none is named. */
export function defaultImages(types: readonly { readonly id: string; readonly configSchema: JsonObject }[]): DefaultImages {
  return new Map(
    types.flatMap(({ id, configSchema }) => {
      const property = isJsonObject(configSchema.properties) ? configSchema.properties[IMAGE_NAME] : undefined;
      const image = isJsonObject(property) ? property.default : undefined;
      return typeof image === 'string' ? [[id, image] as const] : [];
    }),
  );
}

function linesOf(spec: EntitySpec, depth: number, defaults: DefaultImages): readonly PlanLine[] {
  const size = spec.memberSpec ? (numberOf(spec.config[INITIAL_SIZE]) ?? 1) : null;
  const image = imageOf(spec.config) ?? defaults.get(spec.type) ?? null;
  const line: PlanLine = { path: spec.path, name: spec.name, type: spec.type, depth, size, image };
  const below = spec.memberSpec ? [spec.memberSpec, ...spec.children] : spec.children;
  return [line, ...below.flatMap((child) => linesOf(child, depth + 1, defaults))];
}

function imageOf(config: ConfigMap): string | null {
  const name = config[IMAGE_NAME];
  if (typeof name !== 'string') return null;
  const tag = config[IMAGE_TAG];
  const isTagged = name.includes(':', name.lastIndexOf('/') + 1);
  return (typeof tag === 'string' || typeof tag === 'number') && !isTagged ? `${name}:${tag}` : name;
}

function numberOf(value: ConfigValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
