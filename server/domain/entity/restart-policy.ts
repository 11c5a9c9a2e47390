import { z } from 'zod';

/** What an end of its own means for a container. `most` bounds the attempts of `on-failure`; null is no bound. */
export type RestartPolicy =
  | { readonly kind: 'always' }
  | { readonly kind: 'on-failure'; readonly most: number | null }
  | { readonly kind: 'no' };

export const ALWAYS: RestartPolicy = { kind: 'always' };

const PATTERN = /^(?:no|always|unless-stopped|on-failure(?::[1-9]\d{0,3})?)$/;

/** Docker's words. YAML reads a bare `no` as false. */
export const restartPolicy = z
  .union([z.string().regex(PATTERN, 'needs always, unless-stopped, on-failure, on-failure:3 or no'), z.literal(false)])
  .meta({
    title: 'Restart policy',
    description: 'always: whatever ends is replaced. on-failure[:n]: an end with 0 is a completion. no: whatever ends stays ended.',
  });

/** A stop by a person is always honoured, so that `unless-stopped` is `always` here. */
export function toRestartPolicy(value: unknown): RestartPolicy {
  const parsed = restartPolicy.safeParse(value);
  if (!parsed.success || parsed.data === 'always' || parsed.data === 'unless-stopped') return ALWAYS;
  if (parsed.data === false || parsed.data === 'no') return { kind: 'no' };
  const most = parsed.data.split(':')[1];
  return { kind: 'on-failure', most: most === undefined ? null : Number(most) };
}
