import { setTimeout as sleep } from 'node:timers/promises';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** Asks again and again until the answer is true; a text says what is still missing. @throws ClockerError deadline with the last one. */
export async function until(timeoutMs: number, what: string, ask: () => Promise<true | string>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer === true) return;
    if (Date.now() > deadline) {
      throw new ClockerError('deadline', {
        message: `Waited ${timeoutMs / 1000} s for ${what}: ${answer}`,
        hint: 'The console shows more under Activity.',
      });
    }
    await sleep(250);
  }
}
