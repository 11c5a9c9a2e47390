import { isRegistryHost } from '../blueprint/image-reference.ts';
import { DOCKER_HUB, type Registry } from './registry.ts';

/** Where an image is fetched from. */
export interface ImageSource {
  /** What the engine is asked for. */
  readonly reference: string;
  /** True where that is not the image's own name: it is given that name once it is there. */
  readonly isElsewhere: boolean;
  /** The one whose login is used. */
  readonly login: Registry | undefined;
  /** Differs whenever another try may end otherwise. */
  readonly key: string;
}

/**
 * The longest `insteadOf` that an image begins with tells where it is fetched from, and the longest address whose login. Names are
 * compared in full: `nginx` is `docker.io/library/nginx`. A rewritten name is not rewritten again.
 */
export function imageSource(image: string, registries: Iterable<Registry>): ImageSource {
  const all = [...registries];
  const full = fullName(image);
  const rules = all.flatMap((registry) => registry.insteadOf.map((prefix) => ({ registry, prefix: fullPrefix(prefix) })));
  const rule = longest(rules, ({ prefix }) => prefix, full);
  const reference = rule === undefined ? image : `${rule.registry.id}${full.slice(rule.prefix.length)}`;
  const asked = rule === undefined ? full : fullName(reference);
  const logins = all.filter(({ username }) => username !== undefined);
  const login = longest(logins, ({ id }) => fullPrefix(id), asked);
  const key = [reference, ...[rule?.registry, login].map((registry) => `${registry?.id ?? ''}@${registry?.setAt ?? ''}`)].join(' ');
  return { reference, isElsewhere: reference !== image, login, key };
}

/**
 * What the image is called on a host once it is there. One that is named by its digest keeps the name that it was fetched under: the engine gives
 * no other.
 */
export function nameOnHost(image: string, { reference, isElsewhere }: Pick<ImageSource, 'reference' | 'isElsewhere'>): string {
  return isElsewhere && image.includes('@') ? reference : image;
}

/** `docker.io/library/nginx:1` for `nginx:1`. */
export function fullName(image: string): string {
  const slash = image.indexOf('/');
  const head = slash < 0 ? '' : image.slice(0, slash);
  if (head === 'index.docker.io') return fullName(`${DOCKER_HUB}${image.slice(slash)}`);
  if (head === DOCKER_HUB) return image.indexOf('/', slash + 1) < 0 ? `${DOCKER_HUB}/library${image.slice(slash)}` : image;
  if (isRegistryHost(head)) return image;
  return slash < 0 ? `${DOCKER_HUB}/library/${image}` : `${DOCKER_HUB}/${image}`;
}

/** A beginning of names in full, with which those of Docker Hub may leave out its address. A registry alone is one too. */
export function fullPrefix(prefix: string): string {
  const [head = ''] = prefix.split('/');
  if (head === 'index.docker.io') return `${DOCKER_HUB}${prefix.slice(head.length)}`;
  return isRegistryHost(head) ? prefix : `${DOCKER_HUB}/${prefix}`;
}

function longest<Item>(items: readonly Item[], prefixOf: (item: Item) => string, name: string): Item | undefined {
  return items
    .filter((item) => beginsWith(name, prefixOf(item)))
    .reduce<Item | undefined>((best, item) => (best && prefixOf(best).length >= prefixOf(item).length ? best : item), undefined);
}

/** As a whole part of it: `ghcr.io/acme` begins `ghcr.io/acme/web:1` and not `ghcr.io/acme-tools/x`. Without a tag a name is that of `latest`. */
function beginsWith(name: string, prefix: string): boolean {
  if (prefix === `${name}:latest`) return true;
  return name.startsWith(prefix) && (name.length === prefix.length || /[/:@]/.test(name.charAt(prefix.length)));
}
