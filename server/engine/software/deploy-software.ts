import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { nodesOf, type SpecNode, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import { machineLocations } from '../../domain/cloud/machine-locations.ts';
import type { LocationSpec } from '../../domain/entity/entity-spec.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { SAME_SERVER } from '../../domain/entity-types/same-server.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { locationsOf, readLocation, requireLeaf } from '../clouds/deploy-clouds.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { isOfMachines } from './where-it-runs.ts';

type Context = Pick<EngineContext, 'plugins' | 'provisioners' | 'store'>;

/** Where an application without Docker clouds of its own runs. */
export interface ApplicationPlace {
  /** Machines for software that does not say itself where it runs; empty where that is a cloud. */
  readonly machines: readonly LocationSpec[];
  /** False where nothing of it is for a cloud: all is software on machines. */
  readonly needsCloud: boolean;
  /** True where machines are taken for any of it. */
  readonly takesMachines: boolean;
}

/**
 * Looks where each part of a plan is to run, before anything is touched. `wanted`: a location in the place of the blueprint's.
 * @throws ClockerError input.invalid for a container that is to run on machines, and for a location that gives none
 */
export function requireSoftwarePlaces(context: Context, { root }: Pick<ApplicationPlan, 'root'>, wanted: string | null): ApplicationPlace {
  const { view } = context.store;
  const given = wanted === null ? locationsOf(root) : cloudNamed(view, wanted) ? [] : asMachines(context, wanted);
  const machines = isOfMachines(context, view, given) ? given : [];
  let needsCloud = false;
  let takesMachines = false;
  const onShared = new Map<SpecNode, SpecNode>();
  for (const node of nodesOf(toSpecTree(root))) {
    const kind = kindOf(context, node);
    if (kind === null) continue;
    const own = nearest(node);
    const where = own.length > 0 ? own : machines;
    const onMachines = isOfMachines(context, view, where);
    if (onMachines) {
      takesMachines = true;
      requireMachineAlone(node, onShared);
    }
    if (onMachines && kind === 'software') {
      requireConfig(context, node);
      for (const leaf of where.flatMap(machineLocations)) requireLeaf(context, leaf);
    }
    if (onMachines && kind === 'container') throw onlyInClouds(node);
    if (!onMachines && own.length > 0) requireCloud(context, node, own);
    if (!onMachines && own.length === 0) needsCloud = true;
  }
  return { machines, needsCloud: needsCloud || (machines.length === 0 && !takesMachines), takesMachines };
}

/** A text that is no cloud may still be one that is not there: that is said where clouds are looked up. */
function asMachines(context: Context, wanted: string): readonly LocationSpec[] {
  const spec = readLocation(wanted);
  return isOfMachines(context, context.store.view, [spec]) ? [spec] : [];
}

/** `software` goes to both, in a cloud as an image where its type has one. */
function kindOf({ plugins }: Context, { spec }: SpecNode): 'container' | 'software' | null {
  if (entityKind({ plugins }, spec.type) !== 'container') return null;
  return plugins.entityTypes.get(spec.type)?.software === undefined ? 'container' : 'software';
}

/** Each process has a machine for itself: one alone may stand in what has all on one host. `onShared`: the process of each of these until now. */
function requireMachineAlone(node: SpecNode, onShared: Map<SpecNode, SpecNode>): void {
  let isMany = false;
  for (let at = node.parent; at !== null; at = at.parent) {
    isMany ||= at.spec.memberSpec !== null;
    if (at.spec.type !== SAME_SERVER) continue;
    if (!isMany && !onShared.has(at)) onShared.set(at, node);
    else
      throw new ClockerError('input.invalid', {
        message: `${node.spec.name} is to share a host with others of ${at.spec.name}, and to run on a machine: a machine is for one process`,
        hint: 'Run them in a cloud, or one of them elsewhere.',
      });
  }
}

/** What it has itself or inherits. */
function requireConfig({ plugins }: Context, node: SpecNode): void {
  const needs = plugins.entityTypes.get(node.spec.type)?.software?.needs;
  if (needs === undefined) return;
  for (let at: SpecNode | null = node; at !== null; at = at.parent) if (at.spec.config[needs.key] !== undefined) return;
  throw new ClockerError('input.invalid', {
    message: `${node.spec.name} is to run on a machine, and has no “${needs.key}”: ${needs.why}`,
    hint: `Give it “${needs.key}”, or run it in a cloud.`,
  });
}

/** What the node or what is between it and the root says. */
function nearest(node: SpecNode): readonly LocationSpec[] {
  for (let at: SpecNode | null = node; at !== null && at.parent !== null; at = at.parent) {
    const own = locationsOf(at.spec);
    if (own.length > 0) return own;
  }
  return [];
}

/** Said by the spec itself, so that what is misspelt is not waited for. */
function requireCloud({ store, provisioners }: Context, { spec }: SpecNode, [first]: readonly LocationSpec[]): void {
  if (first === undefined || first.kind === 'docker') return;
  const name = first.kind === 'named' ? first.target : first.kind;
  if (first.kind === 'named' && cloudNamed(store.view, name)) return;
  const clouds = [...store.view.all('cloud').values()].map((cloud) => cloud.name);
  const kinds = [...provisioners.keys()].sort();
  throw new ClockerError('input.invalid', {
    message: `${spec.name} is to run in “${name}”, which is neither a cloud nor gives machines`,
    hint: `Clouds are: ${clouds.join(', ') || 'none'}. Machines are given by ${kinds.join(', ')} and multi.`,
  });
}

function onlyInClouds({ spec }: SpecNode): ClockerError {
  return new ClockerError('input.invalid', {
    message: `${spec.name} is a container, and is to run on machines: those have no Docker Engine`,
    hint: 'Give it the name of a cloud as its “location”, or the machines to the software only.',
  });
}
