import type { AdjunctType } from '../domain/blueprint/adjunct-type.ts';
import type { ApplicationPlan, PlanResult } from '../domain/blueprint/application-plan.ts';
import { planApplication } from '../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import { loadPlugins } from '../plugins/registry.ts';

/** The planner with the types that ship, and policies, enrichers and the like beside them. */
export async function createPlanner(adjuncts: readonly AdjunctType[] = []): Promise<(text: string) => PlanResult> {
  const plugins = await loadPlugins();
  const adjunctTypes = new Map([...plugins.adjunctTypes.values(), ...adjuncts].map((type) => [type.id, type]));
  const library = { ...plugins, adjunctTypes, catalog: EMPTY_CATALOG };
  return (text) => planApplication({ text }, library);
}

/** The plan of a text that has one. */
export function planOf(result: PlanResult): ApplicationPlan {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result.plan;
}

/** `severity code line:column` of each finding. */
export function findingsOf(result: PlanResult): readonly string[] {
  return result.diagnostics.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`);
}

/** One service of this config, in a list. */
export function containerWith(config: string, type = 'docker:nginx'): string {
  return `services:\n- type: ${type}\n  brooklyn.config:\n${config.replace(/^/gm, '    ')}\n`;
}
