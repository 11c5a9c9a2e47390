import { LONGEST_BEGINNING } from './artifact-rule.ts';

const SCHEME = 'file:';

/** What a rule's `file:maven/` names in the folder of artifacts, `maven/`; null where the rule leads to a URL. */
export function artifactFile(to: string): string | null {
  return to.startsWith(SCHEME) ? to.slice(SCHEME.length) : null;
}

/** What is no file or folder of artifacts, in words that go after it; null for one. */
export function artifactFileProblem(to: string): string | null {
  if (to.length > LONGEST_BEGINNING) return `is longer than ${LONGEST_BEGINNING} characters`;
  const path = artifactFile(to);
  if (path === null) return 'does not begin with file:';
  const plain = path.endsWith('/') ? path.slice(0, -1) : path;
  return /^[^\s"'<>\\?#%]+$/.test(plain) && isWithin(plain) ? null : 'names nothing in the folder of artifacts, as file:maven/ does';
}

/** The path of an artifact in the folder, as it stands in a URL: decoded, without query; null where it could lead out of the folder. */
export function artifactPath(written: string): string | null {
  const [bare = ''] = written.split(/[?#]/, 1);
  try {
    const path = decodeURIComponent(bare);
    return isWithin(path) ? path : null;
  } catch {
    // No percent encoding.
    return null;
  }
}

function isWithin(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Whether a rule that leads to `file` leads to this: a folder to all that is in it, and a file to itself alone. */
export function leadsTo(file: string, name: string): boolean {
  return file.endsWith('/') ? name.startsWith(file) : name === file;
}

/** What is signed so that those who were given the address of a rule's files may have them, and nobody else. */
export function artifactGrant(file: string): string {
  return `artifact:${file}`;
}

export const ARTIFACTS_PREFIX = '/artifacts/';
