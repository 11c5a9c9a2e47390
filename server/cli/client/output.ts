import { stripVTControlCharacters } from 'node:util';
import type { DescribedError } from './describe-error.ts';

/** Results go to standard output, everything about them to standard error. */
export interface Output {
  readonly json: boolean;
  /** The result: `data` as JSON, or else the lines. */
  result(data: unknown, lines: () => readonly string[]): void;
  /** A line while it goes on; nothing with `--json`. */
  progress(line: string): void;
  error(error: DescribedError): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    result(data, lines) {
      process.stdout.write(
        json
          ? `${JSON.stringify(data, null, 2)}\n`
          : lines()
              .map((line) => `${line}\n`)
              .join(''),
      );
    },
    progress(line) {
      if (!json) process.stdout.write(`${line}\n`);
    },
    error({ code, message, hint }) {
      if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
      process.stderr.write(`Error: ${message}\n${hint ? `Hint: ${hint}\n` : ''}`);
    },
  };
}

/** Columns padded to their widest cell; control characters of foreign text are removed. */
export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const clean = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0)));
  return clean.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Text from containers and blueprints must not steer the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
