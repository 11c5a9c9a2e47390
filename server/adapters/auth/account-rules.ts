import { ClockerError } from '../../domain/shared/clocker-error.ts';

/** Characters. */
export const MIN_PASSWORD = 10;
export const MAX_PASSWORD = 256;
export const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])$/i;

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

/** @throws ClockerError input.invalid saying which rule is not met. */
export function checkAccount({ username, name, password }: NewAccount): void {
  if (!USERNAME.test(username)) {
    throw invalid(
      `The user name "${username.slice(0, 40)}" cannot be used`,
      'Take 2 to 32 letters, digits, dots, dashes or underscores, with a letter or digit at both ends.',
    );
  }
  if (name.trim() === '' || name.length > 100) throw invalid('The name is empty or too long', 'Take 1 to 100 characters.');
  if (password.length < MIN_PASSWORD) {
    throw invalid(`The password has ${password.length} characters, at least ${MIN_PASSWORD} are needed`, 'A sentence is easy to remember.');
  }
  if (password.length > MAX_PASSWORD) throw invalid(`The password is longer than ${MAX_PASSWORD} characters`, 'Take a shorter one.');
  if (new Set(password).size < 4 || password.toLowerCase().includes(username.toLowerCase())) {
    throw invalid(
      'The password is too easy to guess',
      'Take one that does not hold the user name and has more than three different characters.',
    );
  }
}

function invalid(message: string, hint: string): ClockerError {
  return new ClockerError('input.invalid', { message, hint });
}
