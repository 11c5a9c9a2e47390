import type { LocalPlan } from '@/components/planner/use-plan.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';

/**
 * What the page found in the text, at once, and what only the server can know (that there is no such cloud or secret). Where the page could
 * not read the text, all of it is the server's.
 */
export function findingsOf(
  local: LocalPlan,
  answer: { readonly diagnostics: readonly Diagnostic[] } | undefined,
  input: BlueprintInput,
): readonly Diagnostic[] {
  const theirs = answer?.diagnostics ?? [];
  if (local.reading === null || local.error !== null) return theirs;
  const mine = local.reading.result.diagnostics;
  if (local.input !== input) return mine;
  const known = new Set(mine.map(keyOf));
  return [...mine, ...theirs.filter((finding) => OF_SERVER.includes(finding.code) && !known.has(keyOf(finding)))];
}

const OF_SERVER: readonly string[] = ['location-unsupported', 'secret-missing'];

/** Equal for the same finding at the same place. */
export function keyOf({ code, file = '', line, column, message }: Diagnostic): string {
  return `${code} ${file} ${line}:${column} ${message}`;
}
