import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** Linux limits one argument or environment string to 128 KiB. */
const MAX_VALUE_BYTES = 120 * 1024;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One word for a POSIX shell that stands for exactly this text, whatever is in it. Errors: input.invalid (a NUL byte, too long). */
export function quoteWord(text: string): string {
  if (text.includes('\0')) throw invalid('A value for a shell holds a NUL byte');
  if (Buffer.byteLength(text) > MAX_VALUE_BYTES) throw invalid(`A value for a shell is longer than ${MAX_VALUE_BYTES} bytes`);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Arguments as one line that a POSIX shell reads back as exactly these arguments. */
export function toCommandLine(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}

/** `export NAME='value'` lines. Errors: input.invalid. */
export function toExports(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      if (!NAME.test(name)) throw invalid(`Not a name for an environment variable: ${JSON.stringify(name)}`);
      return `export ${name}=${quoteWord(value)}\n`;
    })
    .join('');
}

function invalid(message: string): ClockerError {
  return new ClockerError('input.invalid', { message });
}
