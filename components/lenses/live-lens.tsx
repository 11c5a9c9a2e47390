'use client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { EntityTabs } from '@/components/application/entity-tabs.tsx';
import { EntityTree } from '@/components/application/entity-tree.tsx';
import { type LiveLens as Lens, LiveLensContext, type PartFace } from '@/components/canvas/part-face.ts';
import { NotDrawn } from '@/components/editor/not-drawn.tsx';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive, useRecord } from '@/components/live/use-live.ts';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { LensCanvas } from './lens-canvas.tsx';
import { keyAround, keysByPath, type PartPlace, partPlaces } from './part-paths.ts';
import { parseSensorRule } from './sensor-rule.ts';
import type { ShownGeneration, UpdateDraft } from './use-update-draft.ts';

const CPU = 'docker.container.cpu';
const MEMORY = 'docker.container.memory';

export interface LiveLensProps {
  application: Application;
  /** That is deployed. */
  generation: ShownGeneration;
  update: UpdateDraft;
  entityId: string;
  onEntity: (entityId: string) => void;
}

/** What runs, painted on the blueprint: state, members, one chosen sensor, progress. */
export function LiveLens({ application, generation, update, entityId, onEntity }: LiveLensProps) {
  const [sensor, setSensor] = useUrlState('paint', CPU);
  const [ruleText, setRule] = useUrlState('rule', '');
  const rule = useMemo(() => parseSensorRule(ruleText), [ruleText]);
  const { drawing, problem } = useMemo(() => startSession(generation.text), [generation.text]);
  const places = useMemo(() => (drawing === null ? NO_PLACES : partPlaces(drawing, generation.plan)), [drawing, generation.plan]);
  const lines = useLive(
    ['entity'],
    useCallback((tables: LiveTables) => entityLines(application.id, tables), [application.id]),
  );
  const running = useLive(
    ['task'],
    useCallback((tables: LiveTables) => taskLines(application.id, tables), [application.id]),
  );
  const faces = useMemo(() => liveFaces(places, lines), [places, lines]);
  const selected = useRecord('entity', entityId || application.rootId);
  const lens = useMemo((): Lens => {
    return { sensor, rule, tasks: new Map(running.map(toPair)), selectedId: entityId, onChoose: onEntity };
  }, [sensor, rule, running, entityId, onEntity]);
  const key = selected ? keyAround(selected.path, keysByPath(places)) : undefined;
  const focusing = useRef<string | null>(null);
  useEffect(() => {
    if (selected?.id === focusing.current) focusInspector();
    focusing.current = null;
  }, [selected?.id]);
  /** The entity that is selected then. */
  const choose = (keys: readonly string[]): string | undefined => {
    const last = keys.at(-1);
    if (last === undefined) onEntity('');
    const face = last === undefined ? undefined : faces.get(last);
    if (face?.kind !== 'live') return undefined;
    if (face.entityIds.includes(entityId)) return entityId;
    const [first] = face.entityIds;
    if (first !== undefined) onEntity(first);
    return first;
  };
  const open = (opened: string) => {
    const next = choose([opened]);
    // The inspector of another comes a moment later.
    if (next === undefined || next === selected?.id) focusInspector();
    else focusing.current = next;
  };
  if (drawing === null) return <NotDrawn language={null} problem={problem} />;
  return (
    <SplitPanes id="live" initial={420} min={320} max={720} label="Width of the inspector">
      <LiveLensContext value={lens}>
        <LensCanvas
          store={update.store}
          drawing={drawing}
          faces={faces}
          selected={key === undefined || entityId === '' ? [] : [key]}
          onSelect={choose}
          onOpen={open}
          bar={
            <>
              <SensorSelect applicationId={application.id} value={sensor} onChange={setSensor} />
              <Input
                aria-label="Highlight where"
                placeholder="Highlight: cpu > 0.8"
                title="A sensor, a comparison and a number: cpu > 80%, memory >= 256m, group.members.count < 2"
                style={{ width: 176 }}
                value={ruleText}
                aria-invalid={ruleText.trim() !== '' && rule === null}
                onChange={(event) => setRule(event.target.value)}
              />
            </>
          }
          tree={<EntityTree applicationId={application.id} selected={selected?.id ?? application.rootId} onSelect={onEntity} />}
        />
      </LiveLensContext>
      <div data-lens-inspector className="flex min-h-0 flex-1 flex-col bg-ground">
        {selected ? <EntityTabs key={selected.id} entity={selected} application={application} /> : null}
      </div>
    </SplitPanes>
  );
}

function focusInspector(): void {
  document.querySelector<HTMLElement>('[data-lens-inspector] [role=tab]')?.focus();
}

const NO_PLACES: ReadonlyMap<string, PartPlace> = new Map();

function SensorSelect({ applicationId, value, onChange }: { applicationId: string; value: string; onChange: (sensor: string) => void }) {
  const names = useLive(
    ['entity'],
    useCallback((tables: LiveTables) => sensorNames(applicationId, tables), [applicationId]),
  );
  const all = [...new Set([CPU, MEMORY, ...names, value])];
  return (
    <Select
      aria-label="Sensor on the parts"
      className="w-44"
      value={value}
      options={all.map((name) => ({ value: name, label: LABELS[name] ?? name }))}
      onChange={onChange}
    />
  );
}

const LABELS: Readonly<Record<string, string>> = { [CPU]: 'CPU', [MEMORY]: 'Memory' };

function sensorNames(applicationId: string, { entity }: LiveTables): readonly string[] {
  const names = new Set<string>();
  for (const { applicationId: of, sensors } of entity.values()) {
    if (of !== applicationId) continue;
    for (const [name, value] of Object.entries(sensors)) if (typeof value === 'number') names.add(name);
  }
  return [...names].sort();
}

/** Path, number and id of each entity, in the order of members: compared line by line, so that a new state alone draws nothing anew. */
function entityLines(applicationId: string, { entity }: LiveTables): readonly string[] {
  return [...entity.values()]
    .filter((one) => one.applicationId === applicationId)
    .map(({ path, slot, id }) => `${path}\t${String(slot ?? 0).padStart(9, '0')}\t${id}`)
    .sort();
}

/** Entity and newest running task of it: the innermost step. */
function taskLines(applicationId: string, { task }: LiveTables): readonly string[] {
  return [...task.values()].flatMap(({ id, entityId, applicationId: of, status }) =>
    of === applicationId && status === 'running' && entityId !== null ? [`${entityId}\t${id}`] : [],
  );
}

function toPair(line: string): readonly [string, string] {
  const [first = '', second = ''] = line.split('\t');
  return [first, second];
}

function liveFaces(places: ReadonlyMap<string, PartPlace>, lines: readonly string[]): ReadonlyMap<string, PartFace> {
  const ids = Map.groupBy(
    lines.map((line) => line.split('\t')),
    ([path]) => path,
  );
  return new Map(
    [...places].map(([key, { path, isEach }]) => {
      const entityIds = (ids.get(path) ?? []).flatMap(([, , id]) => id ?? []);
      return [key, { kind: 'live', entityIds, isEach }];
    }),
  );
}
