import { password as askSecret, isCancel } from '@clack/prompts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** @throws ClockerError cancelled */
export function answered(answer: string | symbol): string {
  if (isCancel(answer)) throw new ClockerError('cancelled', { message: 'Cancelled' });
  return String(answer);
}

/** A secret: asked for at a terminal, else all of standard input. @throws ClockerError cancelled */
export async function readSecret(message: string): Promise<string> {
  return process.stdin.isTTY ? answered(await askSecret({ message })) : await readStdin();
}

/** All of standard input, without the line break at its end. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
