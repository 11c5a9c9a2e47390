'use client';
import { useRecord } from '@/components/live/use-live.ts';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { ProcessState } from '@/server/domain/software/process-state.ts';

const PHASES: Readonly<Record<ProcessState['phase'], string>> = {
  install: 'Installing',
  customize: 'Customising',
  launch: 'Launching',
  check: 'Launched',
  end: 'Ending what is left of it',
};

/** What commands have installed and launched: how far it has come, and where it is. */
export function ProcessOf({ instanceId }: { instanceId: string }) {
  const instance = useRecord('instance', instanceId);
  const { process: spec } = instance?.spec ?? {};
  const state = instance?.process;
  if (!instance || !spec || !state) return null;
  const step = state.phase === 'check' || state.phase === 'end' ? undefined : spec[state.phase][state.step]?.name;
  const isStopped = instance.state === 'exited';
  return (
    <section aria-label="Process">
      <h2 className="mb-1 text-sm font-semibold">Process</h2>
      <DefinitionList
        items={[
          [
            'Phase',
            isStopped
              ? 'Stopped'
              : instance.ready
                ? 'Running'
                : step === undefined
                  ? PHASES[state.phase]
                  : `${PHASES[state.phase]}: ${step}`,
          ],
          ['Process id', state.pid === null ? 'none yet' : <code key="pid">{state.pid}</code>],
          ['Launched', state.launchedAt === null ? 'not yet' : <Time key="launched" at={state.launchedAt} />],
          [
            'Run folder',
            <code key="run" className="text-xs break-all">
              {spec.place.runDir}
            </code>,
          ],
          [
            'Install folder',
            <code key="install" className="text-xs break-all">
              {spec.place.installDir}
            </code>,
          ],
        ]}
      />
    </section>
  );
}
