'use client';
import { useEffect, useRef, useState } from 'react';
import { describeChanges } from './describe-changes.ts';
import type { LiveTables } from './live-state.ts';
import { useLive } from './use-live.ts';

const KEEP_MS = 4_000;

/** Tells screen readers when an application or a host changes state. */
export function Announcer() {
  const states = useLive(['application', 'entity', 'host'], statesOf);
  const before = useRef<readonly string[] | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const said = before.current ? describeChanges(before.current, states) : '';
    before.current = states;
    if (said) setText(said);
    const timer = setTimeout(() => setText(''), KEEP_MS);
    return () => clearTimeout(timer);
  }, [states]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}

function statesOf({ application, entity, host }: LiveTables): readonly string[] {
  return [
    ...[...application.values()].map((each) => `${each.name}: ${entity.get(each.rootId)?.actual ?? 'CREATED'}`),
    ...[...host.values()].map((each) => `Host ${each.name}: ${each.state}`),
  ];
}
