import type { TaskCause } from '../../../domain/entity/task.ts';
import { fullPrefix } from '../../../domain/registry/image-source.ts';
import { isRegistryAddress, type Registry } from '../../../domain/registry/registry.ts';
import type { Draft } from '../../../ports/store.ts';
import type { EngineContext } from '../../engine-context.ts';
import { conflict, invalid } from '../hosts/require-valid.ts';

export interface RegistryInput {
  readonly address: string;
  /** Without one there is no login. */
  readonly username?: string;
  /** May be left away where the user has one already. */
  readonly password?: string;
  readonly insteadOf?: readonly string[];
}

const LONGEST_USERNAME = 256;
const LONGEST_PASSWORD = 16_384;
const MOST_RULES = 50;
const LONGEST_PREFIX = 256;
/** A name without a dot and a port that no registry has: meant as an image and its tag. */
const BARE_TAG = /^[^./:]+:\d{1,3}$/;
const PREFIX = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?(?::\d{1,5})?(?:(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+(?::\w[\w.-]{0,127})?)?$/;

/**
 * Keeps the login of a registry, sealed, and the names that are fetched from it instead; replaces what was known of it. Containers that run are
 * left alone. @throws ClockerError input.invalid | conflict (another registry stands for the same names)
 */
export async function setRegistry(
  { store, secrets, clock }: Pick<EngineContext, 'store' | 'secrets' | 'clock'>,
  cause: TaskCause,
  input: RegistryInput,
): Promise<void> {
  requireRegistryInput(input);
  const { address: id, username, password, insteadOf = [] } = input;
  await store.commit((draft) => {
    requireFree(draft, input);
    const before = draft.get('registry', id);
    if (username !== undefined && password === undefined && before?.username !== username) {
      throw invalid(`The login of ${username} has no password`, 'Give the password or token too.');
    }
    const opened = before?.sealed === undefined ? undefined : secrets.open(before.sealed);
    const isSame =
      before?.username === username && (password === undefined || password === opened) && sameTexts(before?.insteadOf, insteadOf);
    if (before !== undefined && isSame) return;
    const sealed = password === undefined ? before?.sealed : secrets.seal(password);
    const login = username === undefined || sealed === undefined ? {} : { username, sealed };
    draft.put('registry', { id, ...login, insteadOf: [...insteadOf], setAt: clock.now(), setBy: cause.by });
  });
}

function sameTexts(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a?.length === b.length && a.every((text, index) => text === b[index]);
}

function requireRegistryInput({ address, username, password, insteadOf = [] }: RegistryInput): void {
  if (!isRegistryAddress(address)) {
    throw invalid(
      `${JSON.stringify(address)} is no registry`,
      'Write it as registry.example.org:5000/team, without https://; Docker Hub is docker.io.',
    );
  }
  if (username === undefined && password !== undefined) throw invalid('A password without a user is no login', 'Give the user too.');
  if (username === undefined && insteadOf.length === 0) {
    throw invalid(`Nothing is said of ${address}`, 'Give a login, names that are fetched from it, or both.');
  }
  if (username !== undefined && !isUsername(username)) {
    throw invalid('This is no user of a registry', `It has 1 to ${LONGEST_USERNAME} characters, and none of control.`);
  }
  if (password !== undefined && (password === '' || password.length > LONGEST_PASSWORD)) {
    throw invalid(`A password has 1 to ${LONGEST_PASSWORD.toLocaleString('en')} characters`, 'Give another one.');
  }
  requirePrefixes(address, insteadOf);
}

function isUsername(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return text !== '' && text.length <= LONGEST_USERNAME && !/[\u0000-\u001f\u007f]/.test(text);
}

function requirePrefixes(address: string, insteadOf: readonly string[]): void {
  if (insteadOf.length > MOST_RULES) throw invalid(`A registry stands for at most ${MOST_RULES} names`, 'Give the beginnings of names.');
  const wrong = insteadOf.find((prefix) => prefix.length > LONGEST_PREFIX || BARE_TAG.test(prefix) || !PREFIX.test(prefix));
  if (wrong !== undefined) {
    throw invalid(
      `${JSON.stringify(wrong)} is no beginning of names of images`,
      'Write it as docker.io, quay.io/acme or, for one tag alone, docker.io/library/mysql:5.7.',
    );
  }
  const own = insteadOf.find((prefix) => fullPrefix(prefix) === fullPrefix(address));
  if (own !== undefined) throw invalid(`${address} cannot stand for itself`, 'Leave it away.');
}

function requireFree(draft: Draft, { address, insteadOf = [] }: RegistryInput): void {
  const wanted = new Set(insteadOf.map(fullPrefix));
  if (wanted.size < insteadOf.length) throw invalid('Two of these names are the same', 'Leave one away.');
  const taken = (other: Registry): string | undefined => other.insteadOf.find((prefix) => wanted.has(fullPrefix(prefix)));
  for (const other of draft.all('registry').values()) {
    const prefix = other.id === address ? undefined : taken(other);
    if (prefix !== undefined) throw conflict(`${other.id} stands for ${prefix} already`, 'Change that one first.');
  }
}
