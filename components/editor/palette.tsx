'use client';
import { Container, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { PART_DRAG } from '@/components/canvas/part-drag.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Input } from '@/components/ui/input.tsx';
import { matchesWords } from '@/components/ui/matches-words.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { type Chosen, toImageName } from './new-part.ts';
import { PartIcon } from './part-icon.tsx';
import { PART_GROUPS, type PartType } from './part-types.ts';

export interface PaletteProps {
  parts: readonly PartType[];
  error: unknown;
  onRetry: () => void;
  /** Where a click puts it, for people. */
  at: string;
  onAdd: (chosen: Chosen) => void;
  onClose: () => void;
}

/** All that can be put into a blueprint. A click or Enter adds it, and it can be dragged; what is planned comes last. */
export function Palette({ parts, error, onRetry, at, onAdd, onClose }: PaletteProps) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const found = parts.filter(({ id, title, description, aliases }) => matchesWords(search, [id, title, description, ...aliases]));
  const image = toImageName(search);
  const chosenImage: Chosen | null = image === null ? null : { kind: 'image', image };
  const imageFirst = image !== null && /[:/]/.test(image);
  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (search === '') onClose();
      else setSearch('');
      field.current?.focus();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-palette-item]') ?? [])];
    const index = items.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (index < 0) field.current?.focus();
    else items[index]?.focus();
  };
  const imageItem = chosenImage ? (
    <Item
      key="image"
      drag={`image ${image}`}
      onAdd={() => onAdd(chosenImage)}
      icon={<Container aria-hidden className="size-4 shrink-0 text-ink-3" />}
    >
      Container of <code className="font-mono text-xs">{image}</code>
    </Item>
  ) : null;
  return (
    <section
      aria-label="Palette"
      onKeyDown={walk}
      className="flex h-full w-60 shrink-0 flex-col border-r border-line bg-surface max-md:absolute max-md:inset-y-0 max-md:left-0 max-md:z-10 max-md:shadow-float"
    >
      <div className="flex items-center gap-1 p-2">
        <Input
          ref={field}
          type="search"
          autoFocus
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') list.current?.querySelector<HTMLElement>('[data-palette-item]')?.click();
          }}
          placeholder="Name, or nginx:1.27"
          aria-label="Find something to add"
          spellCheck={false}
        />
        <Button variant="ghost" square aria-label="Close the palette" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      <p className="px-3 pb-1 text-xs text-ink-3">{at}</p>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto pb-2">
        {error ? <ErrorState compact error={toErrorView(error)} actions={<Button onClick={onRetry}>Try again</Button>} /> : null}
        {parts.length === 0 && !error ? <Skeleton className="m-3 h-40" /> : null}
        {imageFirst ? <ul className="px-1.5">{imageItem}</ul> : null}
        {PART_GROUPS.map((group) => (
          <Group key={group} title={group} parts={found.filter((part) => part.group === group)} onAdd={onAdd} />
        ))}
        {imageFirst ? null : <ul className="px-1.5">{imageItem}</ul>}
        {parts.length > 0 && found.length === 0 && image === null ? <p className="px-3 py-2 text-ink-2">Nothing is called that.</p> : null}
      </div>
    </section>
  );
}

function Group({ title, parts, onAdd }: { title: string; parts: readonly PartType[]; onAdd: (chosen: Chosen) => void }) {
  if (parts.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="sticky top-0 bg-surface px-3 py-1 text-xs font-medium text-ink-3">{title}</h3>
      <ul className="px-1.5">
        {parts.map((part) => (
          <Item
            key={`${part.kind} ${part.id}`}
            drag={`type ${part.kind} ${part.id}`}
            title={part.description}
            onAdd={() => onAdd({ kind: 'type', part })}
            icon={<PartIcon name={part.icon} className="size-4 shrink-0 text-ink-3" />}
          >
            {part.title}
            {part.planned ? <span className="ml-auto rounded-sm bg-off-soft px-1 text-2xs text-ink-2">planned</span> : null}
          </Item>
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  /** What a drag of it carries: see `draggedPart`. */
  drag: string;
  title?: string;
  icon: ReactNode;
  children: ReactNode;
  onAdd: () => void;
}

function Item({ drag, title, icon, children, onAdd }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        data-palette-item
        draggable
        title={title}
        onClick={onAdd}
        onDragStart={(event) => {
          event.dataTransfer.setData(PART_DRAG, drag);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        className="flex min-h-7 w-full cursor-grab items-center gap-2 rounded-md px-2 text-left hover:bg-hover focus-visible:bg-hover"
      >
        {icon}
        <span className="flex min-w-0 flex-1 items-center gap-1">{children}</span>
      </button>
    </li>
  );
}

/** What was dropped; null for something that is not there any more. */
export function draggedPart(data: string, parts: readonly PartType[]): Chosen | null {
  const [kind, ...words] = data.split(' ');
  if (kind === 'image') return { kind, image: words.join(' ') };
  const [partKind, ...id] = words;
  const part = parts.find((one) => one.kind === partKind && one.id === id.join(' '));
  return part ? { kind: 'type', part } : null;
}
