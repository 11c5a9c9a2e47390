'use client';
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { z } from 'zod';
import type { BlueprintDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { readStored, writeStored } from '@/components/ui/use-stored-state.ts';
import { createEditorStore, type EditorState, type EditorStore, type Places } from './editor-store.ts';

const storedPlaces = z.record(z.string(), z.object({ x: z.number(), y: z.number() }));

/** The main file of a draft as canvas and text pane share it. Places are kept in the browser under `placesKey`, if there is one. */
export function useEditor(draft: BlueprintDraft, placesKey: string | null, onText: () => void): EditorStore {
  const [store] = useState(() => {
    const { text } = draft.current();
    return createEditorStore(text, text.trim() === '' ? {} : readPlaces(placesKey));
  });

  const told = useEffectEvent(onText);
  useEffect(
    () =>
      store.onText((text) => {
        draft.type(null, text);
        told();
      }),
    [store, draft.type],
  );
  useEffect(() => {
    let last = store.get().places;
    return store.subscribe(() => {
      const { places } = store.get();
      if (placesKey !== null && places !== last) writeStored(placesKey, JSON.stringify(places));
      last = places;
    });
  }, [store, placesKey]);
  // Whatever else changes the draft: files that are opened, an example, what is taken back.
  useEffect(() => {
    const text = draft.current().text;
    if (draft.revision > 0 && text !== store.get().session.text) store.replace('Open another text', text);
  }, [draft.revision, draft.current, store]);
  return store;
}

export function useEditorState(store: EditorStore): EditorState {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

function readPlaces(key: string | null): Places {
  try {
    return storedPlaces.parse(JSON.parse((key === null ? null : readStored(key)) ?? '{}'));
  } catch {
    return {}; // written by something else under our key
  }
}
