'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Rocket, Undo2, Unplug } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { BlueprintDiff } from '@/components/application/blueprint-diff.tsx';
import { changedParts } from '@/components/application/changed-parts.ts';
import { toWholeRequest } from '@/components/blueprints/blueprint-files.ts';
import type { PlanAnswer } from '@/components/blueprints/plan-preview.tsx';
import { NotDrawn } from '@/components/editor/not-drawn.tsx';
import { useEditorState } from '@/components/editor/use-editor.ts';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { notify } from '@/components/ui/notify.ts';
import { Select } from '@/components/ui/select.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { type Drawing, startSession } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { type Drift, driftOf } from '@/server/domain/entity/drift-of.ts';
import { ChangeList } from './change-list.tsx';
import { diffPicture } from './diff-faces.ts';
import { LensCanvas } from './lens-canvas.tsx';
import { keyAround, keysByPath } from './part-paths.ts';
import { useGhosts } from './use-ghosts.ts';
import { usePlanned } from './use-planned.ts';
import type { ShownGeneration, UpdateDraft } from './use-update-draft.ts';

const DRAFT = 'draft';

export interface DiffLensProps {
  application: Application;
  /** That is deployed. */
  deployed: ShownGeneration;
  /** All that are kept, the newest first. */
  generations: readonly ShownGeneration[];
  update: UpdateDraft;
  onRestored: () => void;
}

/** The draft, or an earlier generation, laid over what runs: what a deploy would do to it, and in what it is not as written. */
export function DiffLens({ application, deployed, generations, update, onRestored }: DiffLensProps) {
  const [target, setTarget] = useUrlState('to', DRAFT);
  const earlier = generations.find(({ number }) => String(number) === target);
  const { selected } = useEditorState(update.store);
  const answer = useAnswer(application, earlier, update);
  const drifts = useDrifts(application.id);
  const wantedText = earlier?.text ?? update.draft.input.text;
  const wanted = useWanted(earlier, update);
  const before = useMemo(() => startSession(deployed.text), [deployed.text]);
  const planned = usePlanned(answer.data);
  const root = answer.data?.plan?.root ?? null;
  const changes = answer.data?.changes;
  const picture = useMemo(() => {
    if (wanted === null || before.drawing === null) return null;
    const deployedSide = { drawing: before.drawing, root: deployed.plan };
    return diffPicture({ drawing: wanted, root }, deployedSide, { changes: changes ?? [], drifts });
  }, [wanted, before.drawing, root, deployed.plan, changes, drifts]);
  const ghosts = useGhosts(picture?.drawing ?? null, planned);
  if (picture === null) return <NotDrawn language={null} problem={before.problem} />;
  const keys = keysByPath(picture.places);
  const chooseAt = (path: string) => {
    const key = keyAround(path, keys);
    update.store.select(key === undefined ? [] : [key]);
  };
  const parts = earlier ? changedParts({ text: '', ...deployed.parts }, { text: '', ...earlier.parts }) : update.parts;
  return (
    <SplitPanes id="diff" initial={420} min={320} max={720} label="Width of the changes">
      <LensCanvas
        store={update.store}
        drawing={picture.drawing}
        faces={picture.faces}
        ghosts={ghosts}
        selected={selected}
        onSelect={update.store.select}
        onOpen={(key) => update.store.select([key])}
        bar={
          <Select
            aria-label="What is compared with what runs"
            className="w-64 max-sm:w-44"
            value={earlier ? target : DRAFT}
            options={[
              { value: DRAFT, label: update.isSame ? 'What is written' : 'The draft' },
              ...generations
                .filter(({ number }) => number !== deployed.number)
                .map(({ number, reason }) => ({ value: String(number), label: `Generation ${number}, ${reason}` })),
            ]}
            onChange={setTarget}
          />
        }
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <section aria-label="What differs" tabIndex={0} className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto bg-ground p-4">
        <DiffActs {...{ application, earlier, update, answer: answer.data, onRestored }} />
        {answer.error ? <ErrorState compact error={toErrorView(answer.error)} /> : null}
        {update.error && !earlier ? <ErrorState compact error={toErrorView(update.error)} /> : null}
        <ChangeList answer={answer.data} parts={parts} onChoose={chooseAt} />
        <DriftList drifts={drifts} onChoose={chooseAt} />
        {wantedText === deployed.text ? null : (
          <section aria-label="Text">
            <h2 className="pb-1 font-medium">In the text</h2>
            <BlueprintDiff before={deployed.text} after={wantedText} label="Changes" />
          </section>
        )}
      </section>
    </SplitPanes>
  );
}

function useWanted(earlier: ShownGeneration | undefined, { store }: UpdateDraft): Drawing | null {
  const { session } = useEditorState(store);
  const text = earlier?.text;
  const of = useMemo(() => (text === undefined ? null : startSession(text).drawing), [text]);
  return earlier ? of : session.drawing;
}

/** What the planner says of what is compared. */
function useAnswer(application: Application, earlier: ShownGeneration | undefined, update: UpdateDraft) {
  const trpc = useTRPC();
  const input = { text: earlier?.text ?? '', ...earlier?.parts };
  const other = useQuery(
    trpc.application.planUpdate.queryOptions(
      { applicationId: application.id, ...toWholeRequest(input) },
      { enabled: update.may && earlier !== undefined, staleTime: 0 },
    ),
  );
  const { data, error }: { data: PlanAnswer | undefined; error: unknown } = earlier ? other : update.plan;
  return { data, error };
}

type NamedDrift = Drift & { readonly path: string; readonly name: string };

/** Compared line by line: records change with each measurement, and what differs hardly ever. */
function useDrifts(applicationId: string): readonly NamedDrift[] {
  const lines = useLive(
    ['entity', 'instance'],
    useCallback((tables: LiveTables) => driftLines(applicationId, tables), [applicationId]),
  );
  return useMemo(() => lines.map((line): NamedDrift => JSON.parse(line)), [lines]);
}

function driftLines(applicationId: string, tables: LiveTables): readonly string[] {
  return driftOf(applicationId, tables).flatMap((drift) => {
    const of = tables.entity.get(drift.entityId);
    return of ? [JSON.stringify({ ...drift, path: of.path, name: of.name } satisfies NamedDrift)] : [];
  });
}

interface DiffActsProps {
  application: Application;
  earlier: ShownGeneration | undefined;
  update: UpdateDraft;
  answer: PlanAnswer | undefined;
  onRestored: () => void;
}

function DiffActs({ application, earlier, update, answer, onRestored }: DiffActsProps) {
  const trpc = useTRPC();
  const restore = useMutation(trpc.application.restore.mutationOptions({ onError: notify.failure, onSuccess: onRestored }));
  const count = answer?.changes?.length ?? 0;
  if (!update.may) return null;
  if (earlier) {
    return (
      <Button
        variant="primary"
        busy={restore.isPending}
        onClick={() => restore.mutate({ applicationId: application.id, generation: earlier.number })}
      >
        <Undo2 aria-hidden />
        Roll back to generation {earlier.number}
      </Button>
    );
  }
  return (
    <Button variant="primary" disabled={update.isSame || update.isBroken} busy={update.isDeploying} onClick={update.deploy}>
      <Rocket aria-hidden />
      {count === 0 ? 'Deploy changes' : `Deploy ${formatCount(count, 'change')}`}
    </Button>
  );
}

function DriftList({ drifts, onChoose }: { drifts: readonly NamedDrift[]; onChoose: (path: string) => void }) {
  return (
    <section aria-label="Drift">
      <h2 className="pb-1 font-medium">Where the world differs</h2>
      {drifts.length === 0 ? (
        <p className="text-ink-2">All that runs is as it was deployed.</p>
      ) : (
        <ul className="rounded-md border border-line bg-surface">
          {drifts.map(({ entityId, kind, text, path, name }) => (
            <li key={`${entityId} ${kind}`} className="border-b border-line last:border-b-0">
              <button
                type="button"
                onClick={() => onChoose(path)}
                className="flex min-h-8 w-full items-center gap-2 px-3 py-1 text-left hover:bg-hover"
              >
                <Unplug aria-hidden className="size-3.5 shrink-0 text-warn" />
                <span className="shrink-0 font-medium">{name}</span>
                <span className="min-w-0 text-sm text-ink-2">{text}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
