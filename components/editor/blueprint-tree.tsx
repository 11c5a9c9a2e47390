'use client';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { PartFace } from '@/components/canvas/part-face.ts';
import { cx } from '@/components/ui/cx.ts';
import type { BlueprintPicture, DrawnPart, DrawnWire } from './blueprint-picture.ts';
import { PartIcon } from './part-icon.tsx';

export interface BlueprintTreeProps {
  picture: BlueprintPicture;
  worst: ReadonlyMap<string, 'error' | 'warning'>;
  selected: readonly string[];
  onSelect: (keys: readonly string[]) => void;
  onOpen: (key: string) => void;
  /** What a lens shows on parts, by their keys. */
  faces?: ReadonlyMap<string, PartFace>;
}

interface Row {
  readonly part: DrawnPart;
  readonly level: number;
}

/** The canvas as a list: the same parts, nested as they are, with what each reads. Up and Down walk, Enter opens, Space chooses one more. */
export function BlueprintTree({ picture, worst, selected, onSelect, onOpen, faces }: BlueprintTreeProps) {
  const list = useRef<HTMLDivElement>(null);
  const rows = toRows(picture);
  const names = new Map(picture.parts.map(({ key, title }) => [key, title]));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
    const index = items.indexOf(event.target as HTMLElement);
    const row = rows[index];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const to: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 };
    const next = to[event.key];
    if (next !== undefined) items[next]?.focus();
    else if (event.key === 'Enter') onOpen(row.part.key);
    else if (event.key === ' ') onSelect(toggled(selected, row.part.key));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      role="tree"
      aria-label="Parts of the blueprint"
      aria-multiselectable
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto bg-surface p-2"
    >
      {rows.map(({ part, level }, index) => {
        const wires = picture.wires.filter(({ from }) => from === part.key);
        const isSelected = selected.includes(part.key);
        const problem = worst.get(part.key);
        const told = diffText(faces?.get(part.key));
        return (
          <div
            key={part.key}
            role="treeitem"
            aria-level={level}
            aria-selected={isSelected}
            tabIndex={isSelected || (selected.length === 0 && index === 0) ? 0 : -1}
            data-part={part.key}
            onClick={(event) => onSelect(event.ctrlKey || event.metaKey ? toggled(selected, part.key) : [part.key])}
            onDoubleClick={() => onOpen(part.key)}
            onKeyDown={undefined}
            style={{ paddingLeft: 8 + (level - 1) * 20 }}
            className={cx('flex min-h-8 cursor-default items-center gap-2 rounded-md pr-2 hover:bg-hover', isSelected && 'bg-accent-soft')}
          >
            <PartIcon name={part.icon} className="size-4 shrink-0 text-ink-3" />
            <span className="max-w-64 shrink-0 truncate font-medium">
              {part.title}
              <span className="sr-only">,</span>
            </span>
            <span className="truncate font-mono text-2xs text-ink-3">{part.note}</span>
            {told === '' ? null : <span className="shrink-0 text-xs text-ink-2">{told}</span>}
            {problem ? <span className="sr-only">has {problem}s</span> : null}
            {problem === 'error' ? <CircleAlert aria-hidden className="size-4 shrink-0 text-bad" /> : null}
            {problem === 'warning' ? <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" /> : null}
            {wires.length > 0 ? (
              <span className="ml-auto min-w-0 truncate text-xs text-ink-3">
                {wires.map((wire) => `${verbOf(wire)} ${names.get(wire.to) ?? ''}`).join('; ')}
              </span>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

function diffText(face: PartFace | undefined): string {
  if (face?.kind !== 'diff') return '';
  return [...(face.effect === null ? [] : [face.note]), ...(face.drift === '' ? [] : [`differs: ${face.drift}`])].join('; ');
}

function verbOf({ kind, label }: DrawnWire): string {
  if (kind === 'network') return 'on';
  return kind === 'sensor' || kind === 'config' ? `reads ${label} of` : label;
}

function toggled(selected: readonly string[], key: string): readonly string[] {
  return selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key];
}

/** Each part after the one that it is in. */
function toRows({ parts }: BlueprintPicture): readonly Row[] {
  const inside = Map.groupBy(parts, ({ parent }) => parent);
  const rowsIn = (parent: string | null, level: number): readonly Row[] =>
    (inside.get(parent) ?? []).flatMap((part) => [{ part, level }, ...rowsIn(part.key, level + 1)]);
  return rowsIn(null, 1);
}
