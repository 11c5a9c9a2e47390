import { formatJava } from '../blueprint/format-java.ts';

const USUAL = 'docker-%2$d';

/** A host's name by Clocker's format (`%1$s` is its id, `%2$d` its number), as a record may be called. */
export function hostName(format: string | undefined, { id, number }: { readonly id: string; readonly number: number }): string {
  const formatted = formatJava(format ?? USUAL, [id, number]);
  const name = (formatted.ok ? formatted.text : `docker-${number}`)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63);
  return name === '' ? `docker-${number}` : name;
}
