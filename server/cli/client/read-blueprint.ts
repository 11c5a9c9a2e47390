import { readFile } from 'node:fs/promises';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** The text of a file, or of standard input for `-`. @throws ClockerError input.invalid */
export async function readBlueprint(file: string): Promise<string> {
  if (file === '-') {
    let text = '';
    for await (const chunk of process.stdin) text += String(chunk);
    return text;
  }
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ClockerError('input.invalid', { message: `Cannot read ${file}: ${why}`, cause });
  });
}
