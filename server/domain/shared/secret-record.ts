/** A text that blueprints read by `$brooklyn:external("provider", "name")`. Record id: `<provider>/<name>`. */
export interface SecretRecord {
  readonly id: string;
  /** The store that it is kept in, as blueprints call it: a word that groups names. */
  readonly provider: string;
  readonly name: string;
  /** Encrypted with the key file of the installation. */
  readonly sealed: string;
  readonly setAt: number;
  readonly setBy: string;
}

export interface SecretKey {
  readonly provider: string;
  readonly name: string;
}

/** 1 to 63 letters, digits, `_`, `.` and `-`, the first a letter or digit. */
export const SECRET_PROVIDER = /^[A-Za-z0-9][\w.-]{0,62}$/;
/** The same with `/`, and up to 200. */
export const SECRET_NAME = /^[A-Za-z0-9][\w./-]{0,199}$/;
/** The longest text, in characters. */
export const LONGEST_SECRET = 65_536;

export function secretId({ provider, name }: SecretKey): string {
  return `${provider}/${name}`;
}

/** The command by which an administrator sets it. */
export function commandToSet({ provider, name }: SecretKey): string {
  return `clocker secrets set ${provider} ${name}`;
}
