'use client';
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';

const MOST = 1_000;

/** Members of a cluster: one click up or down, or a number and Enter. */
export function ScaleControl({ name, size, onResize }: { name: string; size: number; onResize: (size: number) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const wanted = draft === null ? size : Number(draft);
  const valid = Number.isInteger(wanted) && wanted >= 0 && wanted <= MOST;
  const apply = () => {
    if (valid && wanted !== size) onResize(wanted);
    setDraft(null);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex row in all browsers
    <div role="group" aria-label={`Members of ${name}`} className="flex items-center gap-1">
      <Button square aria-label={`Scale ${name} down to ${size - 1}`} disabled={size === 0} onClick={() => onResize(size - 1)}>
        <Minus aria-hidden />
      </Button>
      <Input
        aria-label={`Wanted members of ${name}`}
        inputMode="numeric"
        size={3}
        style={{ width: 48 }}
        className="text-center tabular"
        value={draft ?? String(size)}
        aria-invalid={!valid}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply();
          if (event.key === 'Escape') setDraft(null);
        }}
        onBlur={() => setDraft(null)}
      />
      <Button square aria-label={`Scale ${name} up to ${size + 1}`} onClick={() => onResize(size + 1)}>
        <Plus aria-hidden />
      </Button>
      {draft !== null && wanted !== size ? (
        <Button variant="primary" disabled={!valid} onMouseDown={(event) => event.preventDefault()} onClick={apply}>
          Scale to {valid ? wanted : '…'}
        </Button>
      ) : null}
    </div>
  );
}
