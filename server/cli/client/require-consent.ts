import { confirm, isCancel } from '@clack/prompts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** Asks whoever sits there. @throws ClockerError input.invalid where nobody does | cancelled */
export async function requireConsent(verb: 'Delete' | 'Release', name: string): Promise<void> {
  const done = { Delete: 'deleted', Release: 'released' }[verb];
  if (!process.stdin.isTTY) {
    throw new ClockerError('input.invalid', { message: `Nobody is there to confirm that ${name} is ${done}`, hint: 'Give --yes.' });
  }
  const answer = await confirm({ message: `${verb} ${name}?`, initialValue: false });
  if (isCancel(answer) || !answer) throw new ClockerError('cancelled', { message: `Nothing was ${done}` });
}
