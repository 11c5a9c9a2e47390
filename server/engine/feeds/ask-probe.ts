import type { FeedAnswer, Probe } from '../../domain/adjunct/feed.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import { isClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { EngineContext } from '../engine-context.ts';
import { derivePassword } from './derive-password.ts';
import { requirePlace, runWhereItRuns } from './run-where-it-runs.ts';

export type OnLine = (stream: 'stdout' | 'stderr', line: string) => void;

export interface Asking {
  readonly context: EngineContext;
  readonly entity: Entity;
  /** Of the adjunct that asks. */
  readonly adjunctId: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Lines of a command as they come, without secrets. */
  readonly onLine?: OnLine;
}

/** Asks once. What cannot be asked is an answer too. Secrets are put in on the way and are in no answer. */
export async function askProbe(probe: Probe, asking: Asking): Promise<FeedAnswer> {
  const { context } = asking;
  const begun = context.clock.now();
  try {
    return await context.secretTexts.reveal(probe, async (revealed, hide) => hidden(await ask(revealed, asking, hide), hide));
  } catch (error) {
    const at = context.clock.now();
    if (!isClockerError(error)) context.log.error('a probe failed', { adjunct: asking.adjunctId, error: toClockerError(error) });
    return { kind: 'failed', problem: toClockerError(error).message, at, tookMs: at - begun };
  }
}

type Hide = (text: string) => string;

async function ask(probe: Probe, asking: Asking, hide: Hide): Promise<FeedAnswer> {
  const { context, entity, timeoutMs, signal, onLine } = asking;
  const begun = context.clock.now();
  switch (probe.kind) {
    case 'command': {
      const lines = onLine && createLines((stream, line) => onLine(stream, hide(line)));
      const options = { timeoutMs, signal, ...(lines === undefined ? {} : { onOutput: lines.add }) };
      const { code, stdout, stderr } = await runWhereItRuns(requirePlace(context, entity), probe, options);
      lines?.end();
      const at = context.clock.now();
      return { kind: 'command', exitCode: code, stdout, stderr, at, tookMs: at - begun };
    }
    case 'password':
      return { kind: 'password', standIn: derivePassword(context, asking.adjunctId, probe), at: begun, tookMs: 0 };
    case 'http':
    case 'tcp':
    case 'tls':
      return await context.prober.ask(probe, { timeoutMs, signal, ownMachine: isOnOwnMachine(context, entity) });
  }
}

/** A host of the console's own machine serves there. */
function isOnOwnMachine({ store }: EngineContext, entity: Entity): boolean {
  return store.view.entitiesOf(entity.applicationId).some(({ instanceId }) => {
    const instance = instanceId ? store.view.get('instance', instanceId) : undefined;
    const address = instance && store.view.get('host', instance.hostId)?.address;
    return address !== undefined && (address === 'localhost' || address === '::1' || address.startsWith('127.'));
  });
}

function hidden(answer: FeedAnswer, hide: Hide): FeedAnswer {
  switch (answer.kind) {
    case 'command':
      return { ...answer, stdout: hide(answer.stdout), stderr: hide(answer.stderr) };
    case 'http':
      return { ...answer, body: hide(answer.body) };
    case 'failed':
      return { ...answer, problem: hide(answer.problem) };
    default:
      return answer;
  }
}

/** Whole lines, so that a secret is never cut in two. */
function createLines(onLine: OnLine): { readonly add: OnLine; readonly end: () => void } {
  const left = { stdout: '', stderr: '' };
  return {
    add(stream, text) {
      const [first = '', ...more] = text.split('\n');
      left[stream] += first;
      for (const next of more) {
        onLine(stream, left[stream]);
        left[stream] = next;
      }
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) if (left[stream] !== '') onLine(stream, left[stream]);
    },
  };
}
