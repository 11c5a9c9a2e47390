/**
 * What stands for a text that holds a secret, in records, hashes and answers: the text itself is put in its place only on the way to
 * a host. 32 hexadecimal digits, which tell nothing without the key of the installation.
 */
export const CONCEALED = /__secret_[0-9a-f]{32}__/g;

export function holdsSecret(text: string): boolean {
  return text.search(CONCEALED) >= 0;
}
