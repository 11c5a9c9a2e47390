import { readFileSync } from 'node:fs';
import type { BlueprintPlanner } from '../ports/blueprint-planner.ts';

/** One of Clocker’s Docker clouds as it ships, with the network provider that its quick-fix puts in the place of its own, and a name of its own. */
export async function fixedCloud(planner: BlueprintPlanner, file: string, location: string): Promise<string> {
  const text = readFileSync(new URL(`../../blueprints/unverified/${file}`, import.meta.url), 'utf8');
  return await withQuickFixes(planner, text.replaceAll('my-docker-cloud', location), 'type-unverified');
}

/** A blueprint after each quick-fix that its findings with this code offer, as the editor applies them. @throws Error where there is none */
async function withQuickFixes(planner: BlueprintPlanner, text: string, code: string): Promise<string> {
  const { diagnostics } = await planner.plan({ text });
  const found = diagnostics.flatMap(({ code: own, line, column, endLine, endColumn, fix }) =>
    own === code && fix?.text !== undefined
      ? [{ from: offsetOf(text, line, column), to: offsetOf(text, endLine ?? line, endColumn ?? column), text: fix.text }]
      : [],
  );
  if (found.length === 0) throw new Error(`no ${code} to be mended`);
  // From the end, so that what is before stays where it is.
  return found
    .sort((a, b) => b.from - a.from)
    .reduce((mended, { from, to, text: better }) => mended.slice(0, from) + better + mended.slice(to), text);
}

/** Lines and columns are counted from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}
