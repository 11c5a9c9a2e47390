'use client';
import { Plus, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { type EditValue, isList } from '@/server/domain/blueprint-edit/written-node.ts';
import { parseScalar, scalarText } from './inspector-fields.ts';
import { useTyped } from './use-typed.ts';

export interface MapFieldProps {
  label: string;
  help: string;
  error: string | undefined;
  acts: ReactNode;
  value: EditValue | undefined;
  readOnly: boolean;
  /** Undefined takes the item away. */
  onSetItem: (item: string, value: EditValue | undefined) => void;
}

/** Names with values, such as the environment or files: a line each, and one to add another. */
export function MapField({ label, help, error, acts, value, readOnly, onSetItem }: MapFieldProps) {
  const id = useId();
  const items = typeof value === 'object' && value !== null && !isList(value) ? Object.entries(value) : [];
  return (
    <fieldset aria-describedby={`${id}-note`} className="flex flex-col gap-1.5">
      <legend className="flex w-full items-center text-sm font-medium text-ink-2">
        <span className="min-w-0 truncate">{label}</span>
        {acts}
      </legend>
      {items.map(([item, one]) => (
        <ItemLine key={item} of={label} item={item} value={one} readOnly={readOnly} onSet={(next) => onSetItem(item, next)} />
      ))}
      {readOnly ? null : <NewItem of={label} taken={items.map(([item]) => item)} onAdd={onSetItem} />}
      {error || help ? (
        <p id={`${id}-note`} role={error ? 'alert' : undefined} className={cx('text-sm', error ? 'text-bad' : 'text-ink-3')}>
          {error ?? help}
        </p>
      ) : null}
    </fieldset>
  );
}

interface ItemLineProps {
  of: string;
  item: string;
  value: EditValue;
  readOnly: boolean;
  onSet: (value: EditValue | undefined) => void;
}

function ItemLine({ of, item, value, readOnly, onSet }: ItemLineProps) {
  const text = scalarText(value);
  const typed = useTyped(text, (next) => onSet(parseItem(next)));
  const rows = Math.min(10, typed.value.split('\n').length);
  return (
    <div className={cx('grid items-start gap-1', rows > 1 ? 'grid-cols-[1fr_auto]' : 'grid-cols-[2fr_3fr_auto]')}>
      <code className="truncate py-1.5 font-mono text-xs" title={item}>
        {item}
      </code>
      <Textarea
        {...typed}
        rows={rows}
        readOnly={readOnly}
        spellCheck={false}
        aria-label={`${item} of ${of}`}
        className={cx('resize-y py-1! font-mono text-xs', rows > 1 && 'order-last col-span-2')}
      />
      {readOnly ? null : (
        <Button variant="ghost" square aria-label={`Remove ${item} of ${of}`} onClick={() => onSet(undefined)}>
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}

interface NewItemProps {
  of: string;
  taken: readonly string[];
  onAdd: (item: string, value: EditValue) => void;
}

function NewItem({ of, taken, onAdd }: NewItemProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const isTaken = taken.includes(name.trim());
  const add = () => {
    if (name.trim() === '' || isTaken) return;
    onAdd(name.trim(), parseItem(value));
    setName('');
    setValue('');
  };
  return (
    <div className="grid grid-cols-[2fr_3fr_auto] items-start gap-1">
      <Input
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder="Name"
        aria-label={`New name in ${of}`}
        aria-invalid={isTaken || undefined}
        spellCheck={false}
        className="font-mono text-xs!"
      />
      <Textarea
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          add();
        }}
        rows={Math.min(10, value.split('\n').length)}
        placeholder="Value"
        aria-label={`New value in ${of}`}
        spellCheck={false}
        className="resize-y py-1! font-mono text-xs"
      />
      <Button square aria-label={`Add to ${of}`} disabled={name.trim() === '' || isTaken} onClick={add}>
        <Plus aria-hidden />
      </Button>
    </div>
  );
}

function parseItem(text: string): EditValue {
  return parseScalar(text, ['string', 'number']) ?? '';
}
