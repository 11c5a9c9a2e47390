import { inMebibytes } from '../../domain/build/build-context.ts';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import type { ArchiveSpec } from '../../domain/software/archives.ts';
import {
  type BytesPart,
  RUN_CODE,
  runScriptText,
  type ScriptRun,
  writeBytesText,
  writeText,
} from '../../domain/software/process-scripts.ts';
import type { BytesFile } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { EngineContext, TaskHandle } from '../engine-context.ts';
import { filesBelow } from '../sources/keep-context.ts';
import { lineSplitter, runInPlace } from './process-place.ts';

const WRITE_TIMEOUT_MS = 120_000;
/** Besides its own limit, which the script keeps itself. */
const SLACK_MS = 60_000;
const LAST_LINES = 3;
const LOT_BYTES = 3 * 1024 * 1024;

export interface Running {
  readonly context: Pick<EngineContext, 'secretTexts' | 'contexts'>;
  readonly session: HostSession;
  readonly instance: Instance;
  readonly task: Pick<TaskHandle, 'line'>;
  readonly signal: AbortSignal;
}

/** Runs a script, or follows it, its output going to the task line by line. Null when it ended with 0, else why not, in words that go after its name. */
export async function runOnce({ context, session, instance, task, signal }: Running, run: ScriptRun): Promise<string | null> {
  const said: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  return await context.secretTexts.reveal(run, async (whole, hide) => {
    const lines = lineSplitter((stream, line) => {
      const shown = hide(line);
      task.line(stream, shown);
      said[stream] = [...said[stream], shown].slice(-LAST_LINES);
    });
    const { code } = await runInPlace(session, instance, runScriptText(whole), {
      timeoutMs: whole.timeoutS * 1000 + SLACK_MS,
      signal,
      onOutput: (stream, text) => lines.take(stream, text),
    });
    lines.end();
    if (code === 0) return null;
    const last = said.stderr.length === 0 ? said.stdout : said.stderr;
    return `${inWords(code, whole.timeoutS)}${last.length === 0 ? '' : `: ${last.join(' / ')}`}`;
  });
}

/** Writes files, which may be done again. */
export async function writeOnce(
  { context, session, instance, task, signal }: Running,
  { files, ...folders }: Pick<ScriptRun, 'place' | 'owner'> & { readonly files: readonly FileSpec[] },
): Promise<string | null> {
  for (const { path } of files) task.line('info', path);
  return await context.secretTexts.reveal(files, async (whole, hide) => {
    const { code, stderr } = await runInPlace(session, instance, writeText(whole, folders), { timeoutMs: WRITE_TIMEOUT_MS, signal });
    return code === 0 ? null : `${inWords(code, WRITE_TIMEOUT_MS / 1000)}: ${hide(stderr.trim())}`;
  });
}

/** Writes archives that are kept, which may be done again. */
export async function writeArchives(
  { context, session, instance, task, signal }: Running,
  { archives, ...folders }: Pick<ScriptRun, 'place' | 'owner'> & { readonly archives: readonly ArchiveSpec[] },
): Promise<string | null> {
  for (const { path, hash, unpack } of archives) {
    const archive = await context.contexts.get(hash);
    if (archive === null) return `cannot be done: ${path} is no longer kept; update the application`;
    task.line('info', `${path}, ${inMebibytes(archive.length)}`);
    const files = unpack ? await filesBelow(context, { path, hash }) : [{ path, bytes: archive, mode: 0o644 }];
    for (const [index, parts] of lotsOf(files).entries()) {
      const script = writeBytesText(parts, { ...folders, clear: unpack && index === 0 ? path : null });
      const { code, stderr } = await runInPlace(session, instance, script, { timeoutMs: WRITE_TIMEOUT_MS, signal });
      if (code !== 0) return `${inWords(code, WRITE_TIMEOUT_MS / 1000)}: ${stderr.trim()}`;
    }
  }
  return null;
}

/** As much as one script takes: many small files, or a part of a large one. */
function lotsOf(files: readonly BytesFile[]): readonly (readonly BytesPart[])[] {
  const lots: BytesPart[][] = [];
  let room = 0;
  for (const { path, bytes, mode } of files) {
    for (let from = 0; from === 0 || from < bytes.length; from += LOT_BYTES) {
      const piece = bytes.subarray(from, from + LOT_BYTES);
      const part = {
        path,
        base64: Buffer.from(piece).toString('base64'),
        mode,
        isFirst: from === 0,
        isLast: from + LOT_BYTES >= bytes.length,
      };
      if (piece.length > room || lots.length === 0) lots.push([]);
      room = (lots.at(-1)?.length === 0 ? LOT_BYTES : room) - piece.length;
      lots.at(-1)?.push(part);
    }
  }
  return lots;
}

function inWords(code: number, timeoutS: number): string {
  switch (code) {
    case RUN_CODE.interrupted:
      return 'was interrupted: its machine or container was restarted, or somebody ended it';
    case RUN_CODE.foreign:
      return 'was not begun';
    case RUN_CODE.overdue:
      return `did not end within ${Math.round(timeoutS / 60)} min and was killed`;
    default:
      return `ended with exit code ${code}`;
  }
}
