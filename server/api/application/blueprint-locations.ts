import type { BlueprintParts } from '../../domain/blueprint/blueprint-input.ts';
import type { EntitySpec } from '../../domain/entity/entity-spec.ts';
import { cloudNamed } from '../../domain/entity/location.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { makesClouds } from '../../engine/clouds/deploy-clouds.ts';
import type { EngineContext } from '../../engine/engine-context.ts';
import { requireSoftwarePlaces } from '../../engine/software/deploy-software.ts';
import { isOfMachines } from '../../engine/software/where-it-runs.ts';
import type { Principal } from '../../ports/auth.ts';
import type { StoreView } from '../../ports/store.ts';
import { mayOn } from '../access.ts';
import { cloudChain, SYSTEM } from '../scopes.ts';
import { requireScopes } from '../trpc.ts';

type Engine = Pick<EngineContext, 'store' | 'plugins' | 'provisioners'>;

/**
 * The cloud to deploy to: the one asked for, else that of the blueprint, else the only one that the caller may deploy to.
 * @throws ClockerError not-found for one that is not there or that the caller may not see; input.invalid when there is a choice
 */
export function chooseLocation(view: StoreView, principal: Principal, wanted: string | null): string {
  const open = [...view.all('cloud').values()].filter((cloud) => mayOn(principal, 'operate', cloudChain(cloud.id)));
  const names = open.map((cloud) => cloud.name);
  const hint = names.length > 0 ? `You may deploy to: ${names.join(', ')}.` : 'Add a cloud and its hosts first, or ask for a role on one.';
  if (wanted === null) {
    const [only] = names;
    if (only !== undefined && names.length === 1) return only;
    throw new ClockerError('input.invalid', { message: 'The blueprint does not say where to run', hint: `Choose a location. ${hint}` });
  }
  const cloud = cloudNamed(view, wanted);
  if (!cloud || !mayOn(principal, 'read', cloudChain(cloud.id))) {
    throw new ClockerError('not-found', { message: `There is no location ${wanted}`, hint });
  }
  requireScopes(principal, 'operate', [cloudChain(cloud.id)]);
  return wanted;
}

/** Parts of a blueprint may name locations of their own: the caller needs the permission on each. */
export function requireLocations(engine: Engine, principal: Principal, root: EntitySpec): void {
  const { view } = engine.store;
  for (const name of new Set(root.children.flatMap(locationsIn))) {
    const isCloud = !isOfMachines(engine, view, [{ kind: 'named', target: name, options: {} }]);
    if (isCloud) chooseLocation(view, principal, name);
  }
}

/**
 * Whoever lets containers reach their hosts must administer every cloud that they may be put in.
 * @throws the error of a permission that is missing
 */
export function requireHostAccess(
  view: StoreView,
  principal: Principal,
  { parts, location, root }: { readonly parts: BlueprintParts | undefined; readonly location: string; readonly root: EntitySpec },
): void {
  if (parts?.hostAccess !== true) return;
  for (const name of new Set([location, ...locationsIn(root)])) {
    const cloud = cloudNamed(view, name);
    if (cloud) requireScopes(principal, 'administer', [cloudChain(cloud.id)]);
  }
}

/** For a new text of an application that is there: where it runs, and who may make a Docker cloud or take machines. */
export function requirePlaces(engine: Engine, principal: Principal, root: EntitySpec): void {
  const takesMachines = makesClouds(engine, { root }) || requireSoftwarePlaces(engine, { root }, null).takesMachines;
  if (takesMachines) requireScopes(principal, 'administer', [SYSTEM]);
  if (!makesClouds(engine, { root })) requireLocations(engine, principal, root);
}

function locationsIn(spec: EntitySpec): readonly string[] {
  const below = [...spec.children, ...(spec.memberSpec ? [spec.memberSpec] : [])].flatMap(locationsIn);
  return spec.location === null ? below : [spec.location, ...below];
}
