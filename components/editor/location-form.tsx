'use client';
import { MapPin, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { EditorStore } from './editor-store.ts';
import { type Locations, renameLocation } from './locations.ts';
import { useTyped } from './use-typed.ts';

export interface LocationFormProps {
  store: EditorStore;
  location: Locations;
  /** Names that are known. */
  clouds: readonly string[];
  readOnly: boolean;
  onRemove: () => void;
}

export function LocationForm({ store, location, clouds, readOnly, onRemove }: LocationFormProps) {
  const typed = useTyped(location.text, (next) => {
    if (next.trim() !== '') store.change((graph) => renameLocation(graph, location, next.trim()));
  });
  const isKnown = clouds.length === 0 || clouds.includes(location.text) || location.text.includes(':');
  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      <header className="flex items-center gap-2">
        <MapPin aria-hidden className="size-4 text-ink-3" />
        <h2 className="text-lg font-semibold">{location.text}</h2>
      </header>
      <Field
        label="Location"
        hint={location.isWhole ? 'The application runs there, and all in it that say nothing else.' : 'What points to it runs there.'}
        error={isKnown ? undefined : `There is no cloud ${location.text} yet.`}
      >
        <Input {...typed} readOnly={readOnly} list="location-clouds" spellCheck={false} autoComplete="off" />
      </Field>
      <datalist id="location-clouds">
        {clouds.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div>
        <Button variant="danger-ghost" disabled={readOnly} onClick={onRemove}>
          <Trash2 aria-hidden />
          Remove
        </Button>
      </div>
    </div>
  );
}
