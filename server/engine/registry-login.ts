import { type ImageSource, imageSource } from '../domain/registry/image-source.ts';
import { type Registry, serverOf } from '../domain/registry/registry.ts';
import { Secret } from '../domain/shared/secret.ts';
import type { RegistryLogin } from '../ports/docker-engine.ts';
import type { StoreView } from '../ports/store.ts';
import type { EngineContext } from './engine-context.ts';

/** Where an image is fetched from, by the registries of the installation. */
export function sourceOfImage(image: string, view: StoreView): ImageSource {
  return imageSource(image, view.all('registry').values());
}

/** @throws ClockerError store.corrupt when it was sealed with another key */
export function loginOf({ secrets }: Pick<EngineContext, 'secrets'>, registry: Registry | undefined): RegistryLogin | undefined {
  if (registry?.username === undefined || registry.sealed === undefined) return undefined;
  return { username: registry.username, password: new Secret(secrets.open(registry.sealed)), server: serverOf(registry.id) };
}
