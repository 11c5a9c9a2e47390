/** One word for a POSIX shell that stands for exactly this text. A NUL byte, which no shell can take, is left out. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `export NAME='value'` lines; what cannot be the name of a variable is left out, as `sh` does with what it is given. */
export function exportsOf(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .flatMap(([name, value]) => (NAME.test(name) ? [`export ${name}=${quoted(value)}\n`] : []))
    .join('');
}
