import { effectiveValues } from '../domain/blueprint/resolve-config.ts';
import { secretsRead } from '../domain/blueprint/secret-use.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { SecretKey } from '../domain/shared/secret-record.ts';
import type { ConfigSource } from './config-of.ts';

/** Entities that go on and whose config reads the secret, or may: an expression can name it by another. */
export function usersOfSecret({ provider, name }: SecretKey, source: ConfigSource): readonly Entity[] {
  return [...source.view.all('entity').values()].filter((entity) => {
    if (entity.goal === 'destroyed') return false;
    return secretsOf(entity, source).some((read) => (read.provider ?? provider) === provider && (read.name ?? name) === name);
  });
}

function secretsOf(self: Entity, { view, types }: ConfigSource): ReturnType<typeof secretsRead> {
  return [...effectiveValues({ self, view, types })].flatMap(secretsRead);
}
