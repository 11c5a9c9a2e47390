import { CONCEALED } from './concealed.ts';

export const MASK = '***';

const SECRET_NAME = /password|secret|token|key$/i;
/** `NAME=value` and `--name=value` where the name sounds secret. */
const ASSIGNMENT = /^(-{0,2}[\w.-]*(?:password|secret|token|key)=)(?!\$\{[a-z_]\w*\}$)(.+)$/is;
/** Schemes are short, so that a long text of letters and dots is looked through once. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:)(?!\$\{[a-z_]\w*\}@)[^\s/@]+(?=@)/gi;
/** What stands in its place is elsewhere. Without braces it may be a secret that begins so, `$ecret`. */
const VARIABLE = /^\$\{[a-z_]\w*\}$/i;

/** Whether values under this name are secret: by the name, or because the entity type says so. */
export function isSecretName(name: string, secretKeys: ReadonlySet<string>): boolean {
  return SECRET_NAME.test(name) || secretKeys.has(name);
}

/** A name in the place of a value, `${DB_PASSWORD}`. */
export function isVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/** Text of any kind: what stands for a secret, passwords in URLs and in `NAME=value` become `***`. */
export function maskText(text: string): string {
  return text.replace(CONCEALED, MASK).replace(ASSIGNMENT, `$1${MASK}`).replace(URL_PASSWORD, `$1${MASK}`);
}
