import { type BlueprintType, configShape } from '../blueprint/type-registry.ts';

/** What a type takes where a blueprint names no image, or an image without a tag; absent where it has no such default. */
export interface DefaultImage {
  readonly name?: string;
  readonly tag?: string;
}

export function defaultImage(type: Pick<BlueprintType, 'config'>): DefaultImage {
  const shape = configShape(type);
  const name = shape['docker.image.name']?.safeParse(undefined).data;
  const tag = shape['docker.image.tag']?.safeParse(undefined).data;
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof tag === 'string' ? { tag } : {}) };
}
