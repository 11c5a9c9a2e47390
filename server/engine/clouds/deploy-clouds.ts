import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { machineProblems } from '../../domain/blueprint/location/check-location-uses.ts';
import { parseLocation } from '../../domain/blueprint/location/parse-location.ts';
import { nodesOf, type SpecNode, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import { machineLocations } from '../../domain/cloud/machine-locations.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EntitySpec, LocationSpec } from '../../domain/entity/entity-spec.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Draft } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { findCredential } from './find-credential.ts';
import { makeCloud } from './make-cloud.ts';

type Context = Pick<EngineContext, 'plugins' | 'provisioners' | 'store'>;

/** Whether a plan makes a Docker cloud: it is then deployed to where machines come from, not to a cloud. */
export function makesClouds({ plugins }: Pick<EngineContext, 'plugins'>, { root }: Pick<ApplicationPlan, 'root'>): boolean {
  return cloudNodes(plugins, root).length > 0;
}

/**
 * Where the hosts of an application's Docker clouds come from: what the caller says, else the blueprint. Empty where each cloud says so
 * itself. @throws ClockerError input.invalid for a location that gives no machines
 */
export function requireMachines(context: Context, { root }: Pick<ApplicationPlan, 'root'>, wanted: string | null): readonly LocationSpec[] {
  const given = wanted === null ? locationsOf(root) : [readLocation(wanted)];
  const isLacking = given.length === 0 && cloudNodes(context.plugins, root).some((node) => !saysWhere(node));
  if (isLacking) {
    throw invalid(
      'The blueprint does not say where the hosts of its Docker cloud come from',
      'Give a location such as byon:(hosts="10.0.0.1,10.0.0.2") or lab.',
    );
  }
  const nested = cloudNodes(context.plugins, root).flatMap((node) => sourcesOf(node));
  for (const location of [...given, ...nested].flatMap(machineLocations)) requireLeaf(context, location);
  return given;
}

/** Registers the named locations of new Docker clouds. The name of the first is where the rest of the application runs. */
export function makeClouds(draft: Draft, context: EngineContext, entities: readonly Entity[]): string | null {
  const names = entities.filter(({ type }) => entityKind(context, type) === 'cloud').map((entity) => makeCloud(draft, context, entity));
  return names[0] ?? null;
}

function cloudNodes({ entityTypes }: EngineContext['plugins'], root: EntitySpec): readonly SpecNode[] {
  return [...nodesOf(toSpecTree(root))].filter(({ spec }) => entityTypes.get(spec.type)?.kind === 'cloud');
}

export function readLocation(text: string): LocationSpec {
  const { spec, problems } = parseLocation(text);
  const [problem] = problems;
  if (spec !== null && problem === undefined) return spec;
  throw invalid(
    `The location “${text}” ${problem?.message ?? 'cannot be read'}`,
    problem?.hint ?? 'Give a location such as byon:(hosts="…") or lab.',
  );
}

export function requireLeaf({ provisioners, store }: Context, location: LocationSpec): void {
  const known = [...provisioners.keys()].sort().join(', ');
  if (!provisioners.has(location.kind)) {
    const name = location.kind === 'named' ? location.target : [location.kind, location.target].filter((part) => part !== '').join(':');
    const what = location.kind === 'named' ? 'is neither a cloud nor a kind of machines' : 'gives no machines';
    throw invalid(`“${name}” ${what}`, `Known are ${known} and multi, such as byon:(hosts="10.0.0.1,10.0.0.2").`);
  }
  for (const name of provisioners.get(location.kind)?.credentials(location) ?? []) findCredential(store.view, name);
  const problem = machineProblems(location).find(({ code }) => code === 'location-invalid');
  if (problem) throw invalid(problem.message, problem.hint ?? 'Correct the location.');
}

function saysWhere(node: SpecNode): boolean {
  return sourcesOf(node).length > 0;
}

/** What the node or what is between it and the root says. */
function sourcesOf(node: SpecNode): readonly LocationSpec[] {
  for (let at: SpecNode | null = node; at !== null && at.parent !== null; at = at.parent) {
    const own = locationsOf(at.spec);
    if (own.length > 0) return own;
  }
  return [];
}

export function locationsOf({ locations, location }: EntitySpec): readonly LocationSpec[] {
  if (locations !== undefined) return locations;
  return location === null ? [] : [{ kind: 'named', target: location, options: {} }];
}

function invalid(message: string, hint: string): ClockerError {
  return new ClockerError('input.invalid', { message, hint });
}
