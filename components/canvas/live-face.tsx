'use client';
import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DrawnPart } from '@/components/editor/blueprint-picture.ts';
import { PartIcon } from '@/components/editor/part-icon.tsx';
import { useEffector } from '@/components/inspector/use-effector.ts';
import { matchesRule } from '@/components/lenses/sensor-rule.ts';
import { useLastKnown } from '@/components/live/use-last-known.ts';
import { useRecord, useRecordValue } from '@/components/live/use-live.ts';
import { useMetric } from '@/components/live/use-metric.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { cx } from '@/components/ui/cx.ts';
import { formatBytes, formatNumber, formatPercent } from '@/components/ui/format-quantity.ts';
import { Progress } from '@/components/ui/progress.tsx';
import { StateIcon, TONE_TEXT } from '@/components/ui/state-badge.tsx';
import { entityLook, type StateLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { type PartFace, useLiveLens } from './part-face.ts';

/** More members than these are counted. */
const MOST_CHIPS = 9;

export interface LiveFaceProps {
  part: DrawnPart;
  face: Extract<PartFace, { kind: 'live' }>;
  far: boolean;
}

/** A part with the state of what runs of it. Only the face whose records change is drawn again. */
export function LiveFace({ part, face: { entityIds, isEach }, far }: LiveFaceProps) {
  const [only] = entityIds;
  if (isEach) return <EachFace {...{ part, entityIds, far }} />;
  if (only === undefined) {
    return (
      <Rows
        icon={<PartIcon name={part.icon} className={cx('shrink-0 text-ink-3', far ? 'size-6' : 'size-4')} />}
        title={part.title}
        far={far}
      >
        <span className="text-ink-3">not deployed</span>
      </Rows>
    );
  }
  return <OneFace entityId={only} title={part.title} far={far} />;
}

function OneFace({ entityId, title, far }: { entityId: string; title: string; far: boolean }) {
  const entity = useRecord('entity', entityId);
  const lastKnown = useLastKnown(entityId);
  const { tasks } = useLiveLens();
  const taskId = tasks.get(entityId);
  if (!entity) return null;
  const look = entityLook(entity, lastKnown);
  return (
    <>
      <Rows
        icon={<StateIcon look={look} label={far} className={far ? 'size-6' : 'size-4'} />}
        title={title}
        far={far}
        aside={entity.size === null ? null : <Stepper entity={entity} size={entity.size} />}
      >
        <span className={cx('shrink-0', TONE_TEXT[look.tone])}>
          {look.text} {lastKnown ? <Time at={lastKnown.since} mode="age" /> : null}
        </span>
        <Told entity={entity} look={look} />
        <Reading entityId={entityId} />
      </Rows>
      {taskId === undefined || far ? null : <TaskLine taskId={taskId} />}
    </>
  );
}

function EachFace({ part, entityIds, far }: { part: DrawnPart; entityIds: readonly string[]; far: boolean }) {
  const { tasks } = useLiveLens();
  const shown = entityIds.slice(0, MOST_CHIPS);
  const taskId = entityIds.map((id) => tasks.get(id)).find((id) => id !== undefined);
  return (
    <>
      <Rows
        icon={<PartIcon name={part.icon} className={cx('shrink-0 text-ink-3', far ? 'size-6' : 'size-4')} />}
        title={part.title}
        far={far}
        aside={
          far ? null : <span className="text-2xs text-ink-3 tabular">{entityIds.length === 0 ? 'none' : `× ${entityIds.length}`}</span>
        }
      >
        {shown.map((id) => (
          <MemberChip key={id} entityId={id} />
        ))}
        {entityIds.length > MOST_CHIPS ? <span className="text-ink-3 tabular">+{entityIds.length - MOST_CHIPS}</span> : null}
      </Rows>
      {taskId === undefined || far ? null : <TaskLine taskId={taskId} />}
    </>
  );
}

/** One member: its state; a click opens it. */
function MemberChip({ entityId }: { entityId: string }) {
  const entity = useRecord('entity', entityId);
  const lastKnown = useLastKnown(entityId);
  const { selectedId, onChoose } = useLiveLens();
  const { text, isHot } = useReading(entityId);
  if (!entity) return null;
  const look = entityLook(entity, lastKnown);
  const label = [entity.name, look.text, text].filter((one) => one !== '').join(', ');
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={selectedId === entityId}
      onClick={(event) => {
        event.stopPropagation();
        onChoose(entityId);
      }}
      onKeyDown={(event) => event.stopPropagation()}
      className={cx(
        'nodrag nopan flex size-4.5 shrink-0 items-center justify-center rounded-sm hover:bg-hover',
        selectedId === entityId && 'bg-accent-soft ring-1 ring-accent',
        isHot && 'bg-warn-soft ring-1 ring-warn',
      )}
    >
      <StateIcon look={look} />
    </button>
  );
}

function Rows({
  icon,
  title,
  far,
  aside,
  children,
}: {
  icon: ReactNode;
  title: string;
  far: boolean;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex h-13 items-center gap-2 px-2.5">
      {icon}
      {far ? null : (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{title}</span>
            <span className="flex h-4.5 items-center gap-1.5 overflow-hidden text-2xs whitespace-nowrap text-ink-3">{children}</span>
          </span>
          {aside}
        </>
      )}
    </div>
  );
}

/** What an entity waits for, or what is wrong with it. */
function Told({ entity, look }: { entity: Entity; look: StateLook }) {
  const [problem] = Object.values(entity.problems);
  const text = entity.waitingFor ?? (look.tone === 'ok' ? undefined : problem);
  return text === undefined ? null : (
    <span className="min-w-0 truncate" title={text}>
      {text}
    </span>
  );
}

function TaskLine({ taskId }: { taskId: string }) {
  const task = useRecord('task', taskId);
  if (task?.status !== 'running') return null;
  const text = task.progress?.text ? `${task.name}: ${task.progress.text}` : task.name;
  return (
    <div className="absolute inset-x-2 bottom-0.5" title={text}>
      <Progress value={task.progress?.fraction ?? null} label={text} className="h-0.5!" />
    </div>
  );
}

function Stepper({ entity: { id, name, goal }, size }: { entity: Pick<Entity, 'id' | 'name' | 'goal'>; size: number }) {
  const may = useMay('operate');
  const { resize, busy } = useEffector(id);
  const canStep = may && goal === 'running';
  const step = (to: number, label: string, icon: ReactNode) => (
    <button
      type="button"
      aria-label={`Scale ${name} ${label} to ${to}`}
      disabled={!canStep || busy || to < 0}
      onClick={(event) => {
        event.stopPropagation();
        resize(to);
      }}
      onKeyDown={(event) => event.stopPropagation()}
      className="nodrag nopan flex size-6 items-center justify-center rounded-sm border border-line-strong bg-raised hover:bg-hover disabled:opacity-40"
    >
      {icon}
    </button>
  );
  return (
    <span className="flex shrink-0 items-center gap-1">
      {step(size - 1, 'down', <Minus aria-hidden className="size-3" />)}
      <span className="min-w-4 text-center text-sm font-medium tabular">{size}</span>
      {step(size + 1, 'up', <Plus aria-hidden className="size-3" />)}
    </span>
  );
}

function Reading({ entityId }: { entityId: string }) {
  const { text, isHot } = useReading(entityId);
  if (text === '') return null;
  return <span className={cx('ml-auto shrink-0 rounded-sm px-1 tabular', isHot && 'bg-warn-soft font-medium text-warn')}>{text}</span>;
}

/** The chosen sensor of an entity, as measured just now or as its record says; and whether the rule makes it stand out. */
function useReading(entityId: string): { readonly text: string; readonly isHot: boolean } {
  const { sensor, rule } = useLiveLens();
  const value = useNumber(entityId, sensor);
  const ruled = useNumber(entityId, rule?.sensor ?? sensor);
  return {
    text: value === null ? '' : showReading(sensor, value),
    isHot: rule !== null && ruled !== null && matchesRule(rule, ruled),
  };
}

function useNumber(entityId: string, sensor: string): number | null {
  const measured = useMetric(entityId, sensor);
  const recorded = useRecordValue('entity', entityId, ({ sensors }) => sensors[sensor]);
  return measured ?? (typeof recorded === 'number' ? recorded : null);
}

function showReading(sensor: string, value: number): string {
  if (/cpu$/i.test(sensor)) return formatPercent(value);
  return /memory$|bytes$/i.test(sensor) ? formatBytes(value) : formatNumber(value);
}
