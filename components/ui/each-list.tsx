import { StateBadge } from './state-badge.tsx';
import { eachLook } from './state-look.ts';
import type { EachState } from './use-each.ts';

/** How far what is done to several things has come, and why one was refused. */
export function EachList({ states, nameOf }: { states: ReadonlyMap<string, EachState>; nameOf: (id: string) => string }) {
  return (
    <ul aria-label="Progress" aria-live="polite" className="flex max-h-60 flex-col gap-1 overflow-y-auto text-sm">
      {[...states].map(([id, state]) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2">
          <StateBadge look={eachLook(state)} />
          <span className="font-medium">{nameOf(id)}</span>
          {state.kind === 'failed' ? (
            <span className="w-full text-ink-2">
              {state.error.message}
              {state.error.hint ? ` (${state.error.hint})` : null}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
