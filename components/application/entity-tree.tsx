'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useLastKnown } from '@/components/live/use-last-known.ts';
import { useRecords, useRecordValue } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { entityLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import { type EntityRow, entityRows } from './entity-rows.ts';

export interface EntityTreeProps {
  applicationId: string;
  selected: string;
  onSelect: (entityId: string) => void;
}

/** The entities of an application. Arrow keys walk and fold it, as in every tree. */
export function EntityTree({ applicationId, selected, onSelect }: EntityTreeProps) {
  const entities = useRecords('entity', (entity) => entity.applicationId === applicationId);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => entityRows(entities, collapsed), [entities, collapsed]);
  const list = useRef<HTMLDivElement>(null);

  const fold = (id: string, closed: boolean) => {
    const next = new Set(collapsed);
    if (closed) next.add(id);
    else next.delete(id);
    setCollapsed(next);
  };
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    onSelect(row.entity.id);
    list.current?.querySelector<HTMLElement>(`[data-entity="${row.entity.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex((row) => row.entity.id === selected);
    const row = rows[index];
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowLeft: () => {
        if (!row) return;
        if (row.hasChildren && !collapsed.has(row.entity.id)) fold(row.entity.id, true);
        else go(rows.findIndex((other) => other.entity.id === row.entity.parentId));
      },
      ArrowRight: () => {
        if (row && collapsed.has(row.entity.id)) fold(row.entity.id, false);
        else if (row?.hasChildren) go(index + 1);
      },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div ref={list} role="tree" aria-label="Entities" tabIndex={-1} onKeyDown={onKeyDown} className="flex flex-col overflow-y-auto py-1">
      {rows.map((row) => (
        <TreeRow
          key={row.entity.id}
          row={row}
          isSelected={row.entity.id === selected}
          isCollapsed={collapsed.has(row.entity.id)}
          onSelect={onSelect}
          onFold={fold}
        />
      ))}
    </div>
  );
}

interface TreeRowProps {
  row: EntityRow;
  isSelected: boolean;
  isCollapsed: boolean;
  onSelect: (entityId: string) => void;
  onFold: (entityId: string, closed: boolean) => void;
}

function TreeRow({ row: { entity, depth, hasChildren }, isSelected, isCollapsed, onSelect, onFold }: TreeRowProps) {
  const hostId = useRecordValue('instance', entity.instanceId, (instance) => instance.hostId);
  const hostName = useRecordValue('host', hostId, (host) => host.name);
  const lastKnown = useLastKnown(entity.id);
  const look = entityLook(entity, lastKnown);
  const Chevron = isCollapsed ? ChevronRight : ChevronDown;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isSelected}
      {...(hasChildren ? { 'aria-expanded': !isCollapsed } : {})}
      data-entity={entity.id}
      tabIndex={isSelected ? 0 : -1}
      onClick={() => onSelect(entity.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') onSelect(entity.id);
      }}
      className={cx(
        'flex h-row cursor-default items-center gap-1.5 pr-3 outline-offset-[-2px] select-none',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      style={{ paddingLeft: 8 + depth * 16 }}
    >
      {hasChildren ? (
        // The arrow keys fold as well; the button is for the pointer.
        <button
          type="button"
          tabIndex={-1}
          aria-label={isCollapsed ? `Expand ${entity.name}` : `Collapse ${entity.name}`}
          onClick={(event) => {
            event.stopPropagation();
            onFold(entity.id, !isCollapsed);
          }}
          className="flex size-4 items-center justify-center text-ink-3"
        >
          <Chevron aria-hidden className="size-3.5" />
        </button>
      ) : (
        <span className="size-4" />
      )}
      <StateIcon look={look} label />
      <span className="min-w-0 flex-1 truncate">{entity.name}</span>
      {look.tone === 'ok' ? null : (
        <span className="shrink-0 text-xs text-ink-3">
          {lastKnown ? (
            <>
              {look.text} <Time at={lastKnown.since} mode="age" />
            </>
          ) : entity.quarantine ? (
            'in quarantine'
          ) : entity.waitingFor ? (
            'waiting'
          ) : (
            look.text
          )}
        </span>
      )}
      <span className="max-w-24 shrink-0 truncate text-xs text-ink-3">{hostName}</span>
    </div>
  );
}
