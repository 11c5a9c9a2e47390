'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { matchesWords } from '@/components/ui/matches-words.ts';
import type { InspectorField } from './inspector-fields.ts';

const MOST = 40;

export interface AddSettingProps {
  fields: readonly InspectorField[];
  onAdd: (key: string) => void;
  disabled: boolean;
}

/** Finds a config key that is not shown yet, by its title, key or help; one that the type does not know can be added by its name. */
export function AddSetting({ fields, onAdd, disabled }: AddSettingProps) {
  const [search, setSearch] = useState('');
  const found = fields.filter(({ key, title, help }) => matchesWords(search, [key, title, help]));
  const own = search.trim();
  const add = (key: string) => {
    onAdd(key);
    setSearch('');
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-config-key="${CSS.escape(key)}"] :is(input, textarea, button[role="combobox"])`)?.focus(),
    );
  };
  return (
    <section aria-label="More settings" className="flex flex-col gap-2">
      <h3 className="font-medium">More settings</h3>
      <Input
        type="search"
        value={search}
        disabled={disabled}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const [first] = found;
          if (own !== '') add(first?.key ?? own);
        }}
        placeholder={`Find one of ${fields.length}`}
        aria-label="Find a setting"
      />
      {own === '' ? null : (
        <ul className="flex max-h-64 flex-col overflow-y-auto rounded-md border border-line">
          {found.slice(0, MOST).map(({ key, title, help }) => (
            <li key={key}>
              <button type="button" onClick={() => add(key)} className="w-full px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover">
                <span className="flex items-baseline gap-2">
                  <span className="truncate">{title}</span>
                  <code className="ml-auto truncate font-mono text-2xs text-ink-3">{key}</code>
                </span>
                {help ? <span className="block truncate text-xs text-ink-3">{help}</span> : null}
              </button>
            </li>
          ))}
          {fields.some(({ key }) => key === own) ? null : (
            <li className="border-t border-line first:border-t-0">
              <Button variant="ghost" className="w-full justify-start!" onClick={() => add(own)}>
                <Plus aria-hidden />
                Add the key {own}
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
