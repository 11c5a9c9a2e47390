import type { AdjunctType } from '../domain/blueprint/adjunct-type.ts';
import type { ApplicationPlan, PlanResult } from '../domain/blueprint/application-plan.ts';
import type { BlueprintInput } from '../domain/blueprint/blueprint-input.ts';
import { planApplication } from '../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../domain/catalog/catalog.ts';
import { createCatalog } from '../domain/catalog/create-catalog.ts';
import { readCatalog } from '../domain/catalog/read-catalog.ts';
import { loadPlugins } from '../plugins/registry.ts';

/** The planner with the types that ship; beside them other policies and the like, and what the YAML of catalogs adds. */
export async function createPlanner(
  adjuncts: readonly AdjunctType[] = [],
  ...catalogs: readonly string[]
): Promise<(text: string, options?: Pick<BlueprintInput, 'hostAccess'>) => PlanResult> {
  const plugins = await loadPlugins();
  const adjunctTypes = new Map([...plugins.adjunctTypes.values(), ...adjuncts].map((type) => [type.id, type]));
  const bare = { ...plugins, adjunctTypes, catalog: EMPTY_CATALOG };
  const library = { ...bare, catalog: createCatalog(catalogs.flatMap((text) => readCatalog({ text }, bare).items)) };
  return (text, options) => planApplication({ text, ...options }, library);
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
