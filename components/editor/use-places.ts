'use client';
import { useEffect } from 'react';
import type { BlueprintPicture } from './blueprint-picture.ts';
import type { Places } from './editor-store.ts';
import { freePlaces, isUnplaced } from './place-parts.ts';
import { tidyParts } from './tidy-parts.ts';

/** What has no place gets one, once: a blueprint that was never drawn is laid out, what is added stands beside the rest. */
export function usePlaces(picture: BlueprintPicture, place: (places: Places) => void): void {
  useEffect(() => {
    const unplaced = picture.parts.filter(isUnplaced);
    const outermost = picture.parts.filter(({ parent }) => parent === null);
    if (unplaced.length === 0) return;
    if (unplaced.length < outermost.length || unplaced.length === 1) return place(freePlaces(picture));
    let stale = false;
    tidyParts(picture).then(
      (places) => stale || place(places),
      () => stale || place(freePlaces(picture)),
    );
    return () => {
      stale = true;
    };
  }, [picture, place]);
}

/** With places for what has none yet, to be drawn at once. */
export function withPlaces(picture: BlueprintPicture): BlueprintPicture {
  const places = freePlaces(picture);
  return { ...picture, parts: picture.parts.map((part) => (isUnplaced(part) ? { ...part, position: places[part.key] ?? null } : part)) };
}
