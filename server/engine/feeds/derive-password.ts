import type { Probe } from '../../domain/adjunct/feed.ts';
import type { EngineContext } from '../engine-context.ts';

type PasswordProbe = Extract<Probe, { readonly kind: 'password' }>;

/**
 * The password of an adjunct, or rather what stands for it: made of the key of the installation and the adjunct's id, so that it is kept nowhere
 * and is the same after a restart.
 */
export function derivePassword(
  { secrets, secretTexts, store }: Pick<EngineContext, 'secrets' | 'secretTexts' | 'store'>,
  adjunctId: string,
  { length, characters, groups }: PasswordProbe,
): string {
  const next = createNumbers((n) => secrets.sign(`password ${adjunctId} ${n}`));
  const drawn = [...groups, ...Array.from({ length: Math.max(0, length - groups.length) }, () => characters)].map((set) => {
    const letters = [...set];
    return letters[next(letters.length)] ?? '';
  });
  // The first letters would otherwise always be of the same groups.
  for (let at = drawn.length - 1; at > 0; at -= 1) {
    const other = next(at + 1);
    [drawn[at], drawn[other]] = [drawn[other] ?? '', drawn[at] ?? ''];
  }
  return secretTexts.reader(store.view).conceal(drawn.join(''));
}

/** Whole numbers below a bound, each as likely as the other; `sign` gives hexadecimal digits for each number. */
function createNumbers(sign: (n: number) => string): (below: number) => number {
  let round = 0;
  let left = '';
  const draw = (): number => {
    if (left.length < 8) {
      left = sign(round);
      round += 1;
    }
    const number = Number.parseInt(left.slice(0, 8), 16);
    left = left.slice(8);
    return number;
  };
  return (below) => {
    const most = 2 ** 32 - (2 ** 32 % below);
    let number = draw();
    while (number >= most) number = draw();
    return number % below;
  };
}
