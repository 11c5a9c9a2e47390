'use client';
import { useRecord } from '@/components/live/use-live.ts';
import { Progress } from '@/components/ui/progress.tsx';

/** How far an update is, and why it was reverted when it was. Gone when it is done. */
export function RolloutBanner({ rolloutId }: { rolloutId: string }) {
  const rollout = useRecord('rollout', rolloutId);
  if (!rollout || rollout.state === 'done') return null;
  const done = rollout.steps.filter((step) => step.doneAt !== null).length;
  const bad = rollout.state === 'failed' || rollout.state === 'reverting' || rollout.state === 'reverted';
  return (
    <div
      role="status"
      className={`flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 ${bad ? 'bg-bad-soft' : 'bg-busy-soft'}`}
    >
      <span className="font-medium">{title(rollout.state, rollout.from, rollout.to)}</span>
      {rollout.state === 'running' ? (
        <>
          <Progress className="w-40" value={rollout.steps.length === 0 ? 1 : done / rollout.steps.length} label="Update" />
          <span className="text-sm text-ink-2 tabular">
            {done} of {rollout.steps.length} recreated
          </span>
        </>
      ) : null}
      <span className="text-sm text-ink-2">{rollout.message}</span>
    </div>
  );
}

function title(state: string, from: number, to: number): string {
  if (state === 'running') return `Updating to generation ${to}`;
  if (state === 'reverting') return `Update to generation ${to} failed; going back to ${from}`;
  if (state === 'reverted') return `Update to generation ${to} was reverted`;
  return `Update to generation ${to} failed`;
}
