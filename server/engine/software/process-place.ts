import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import type { HostSession, ScriptOptions, ScriptResult } from '../../ports/host-session.ts';

/** Runs our scripts where a process is: in its container, or on its machine. Both have what was begun go on when nobody listens. */
export function runInPlace(session: HostSession, instance: Instance, text: string, options: ScriptOptions): Promise<ScriptResult> {
  if (instance.spec.process?.place.kind === 'machine') return session.script(text, options);
  return session.engine.exec(containerKey(instance), { argv: ['/bin/sh', '-s'], stdin: text, ...options });
}

/** Whole lines of each stream as they come; what has no end yet is told by `end`. */
export function lineSplitter(tell: (stream: 'stdout' | 'stderr', line: string) => void): {
  take(stream: 'stdout' | 'stderr', text: string): void;
  end(): void;
} {
  const rest = { stdout: '', stderr: '' };
  return {
    take(stream, text) {
      const lines = `${rest[stream]}${text}`.split('\n');
      rest[stream] = lines.pop() ?? '';
      for (const line of lines) tell(stream, line);
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) if (rest[stream] !== '') tell(stream, rest[stream]);
    },
  };
}
