import type { Drawing } from '../../server/domain/blueprint-edit/edit-session.ts';
import type { Drift } from '../../server/domain/entity/drift-of.ts';
import type { EntitySpec } from '../../server/domain/entity/entity-spec.ts';
import type { PreviewedChange, UpdateEffect } from '../../server/engine/queries/preview-update.ts';
import type { PartFace } from '../canvas/part-face.ts';
import { type PartPlace, partPlaces } from './part-paths.ts';
import { withRemoved } from './with-removed.ts';

/** One side of a comparison. */
export interface DiffSide {
  readonly drawing: Drawing;
  /** Null while its text cannot be planned. */
  readonly root: EntitySpec | null;
}

export interface DiffPicture {
  /** Of what is wanted, and of what is deployed and is to go. */
  readonly drawing: Drawing;
  readonly faces: ReadonlyMap<string, PartFace>;
  readonly places: ReadonlyMap<string, PartPlace>;
}

export interface DiffWorld {
  readonly changes: readonly PreviewedChange[];
  readonly drifts: readonly (Drift & { readonly path: string; readonly name: string })[];
}

/** What stands on each part when what is wanted is laid over what is deployed. */
export function diffPicture(wanted: DiffSide, deployed: DiffSide, { changes, drifts }: DiffWorld): DiffPicture {
  const wantedPlaces = wanted.root === null ? new Map<string, PartPlace>() : partPlaces(wanted.drawing, wanted.root);
  const deployedPlaces = deployed.root === null ? new Map<string, PartPlace>() : partPlaces(deployed.drawing, deployed.root);
  const wantedPaths = new Set([...wantedPlaces.values()].map(({ path }) => path));
  const wantedKeys = new Set(wanted.drawing.keys.values());
  const deployedKeys = new Set(deployed.drawing.keys.values());
  const isGone = (key: string) => {
    const place = deployedPlaces.get(key);
    return wanted.root !== null && place ? !wantedPaths.has(place.path) : !wantedKeys.has(key);
  };
  const { drawing, removed } = withRemoved(wanted.drawing, deployed.drawing, isGone);
  const places = new Map([...deployedPlaces].filter(([key]) => removed.has(key)).concat([...wantedPlaces]));
  const byPath = Map.groupBy(changes, ({ path }) => path);
  const driftByPath = Map.groupBy(drifts, ({ path }) => path);
  const faces = new Map<string, PartFace>();
  for (const key of drawing.keys.values()) {
    const place = places.get(key);
    const some = place ? (byPath.get(place.path) ?? []) : [];
    const isNew = !place && !deployedKeys.has(key);
    const drift = place ? [...new Set((driftByPath.get(place.path) ?? []).map(({ text }) => text))].join('; ') : '';
    const effect = removed.has(key) ? 'removed' : isNew ? 'added' : worstOf(some);
    faces.set(key, { kind: 'diff', effect, note: effect === null ? 'as it is' : noteOf(effect, some), drift });
  }
  return { drawing, faces, places };
}

/** What weighs most comes first. */
const WEIGHT: readonly UpdateEffect[] = ['removed', 'restarted', 'added', 'resized', 'changed'];

function worstOf(changes: readonly PreviewedChange[]): UpdateEffect | null {
  return WEIGHT.find((effect) => changes.some((change) => change.effect === effect)) ?? null;
}

function noteOf(effect: UpdateEffect, changes: readonly PreviewedChange[]): string {
  const same = changes.filter((change) => change.effect === effect);
  const sizes = same[0]?.sizes;
  if (sizes) return `${sizes.from} → ${sizes.to} members`;
  if (effect === 'changed') return 'changed in place';
  return same.length > 1 ? `${same.length} are ${effect}` : effect;
}
