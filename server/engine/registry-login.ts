import { type ImageSource, imageSource } from '../domain/registry/image-source.ts';
import { type Registry, serverOf } from '../domain/registry/registry.ts';
import { Secret } from '../domain/shared/secret.ts';
import type { DockerEngine, RegistryLogin } from '../ports/docker-engine.ts';
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

type Registries = Pick<EngineContext, 'secrets' | 'store'>;

/** Of a name that is taken as it is. @throws ClockerError store.corrupt */
export function loginFor(context: Registries, reference: string): RegistryLogin | undefined {
  return loginOf(context, sourceOfImage(reference, context.store.view).login);
}

interface Pushing {
  /** Its name on the host. */
  readonly image: string;
  /** Its name in the registry. */
  readonly reference: string;
  readonly signal: AbortSignal;
}

/** Gives an image of a host the name that it has in a registry, and pushes it there with the login that is kept. */
export async function pushAs(context: Registries, engine: DockerEngine, { image, reference, signal }: Pushing): Promise<void> {
  await engine.tagImage(image, reference, { signal });
  await engine.pushImage(reference, { signal, login: loginFor(context, reference) });
}
