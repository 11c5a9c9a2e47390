/** A refusal is data: the console shows the reason and which rule to relax. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export const OK: Verdict = { ok: true };

export function refuse(reason: string): Verdict {
  return { ok: false, reason };
}
