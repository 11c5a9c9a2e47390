import type { LogLine } from '../../ports/docker-engine.ts';
import { type Frame, readFrames } from './frames.ts';

/** Longer lines are handed on in pieces of this size. */
const MAX_LINE_BYTES = 1024 * 1024;
/** The engine cuts longer lines into entries of this size, each with a time of its own. */
const ENTRY_BYTES = 16 * 1024;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) /;
const STAMP_MAX_BYTES = 36;

interface OpenLine {
  readonly at: string;
  readonly parts: readonly Buffer[];
  readonly size: number;
}

/** Lines of a container without a terminal: one frame for each entry, `<time> <bytes>`; an entry without a line end goes on in the next. */
export async function* readFramedLog(source: AsyncIterable<Buffer>): AsyncGenerator<LogLine> {
  const lines = { stdout: null, stderr: null } as Record<Frame['stream'], OpenLine | null>;
  for await (const { stream, bytes } of wholeFrames(source)) {
    const entry = toEntry(bytes);
    const line = append(lines[stream], entry);
    const isWhole = entry.bytes.at(-1) === 0x0a || line.size >= MAX_LINE_BYTES;
    lines[stream] = isWhole ? null : line;
    if (isWhole) yield toLogLine(stream, line);
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const line = lines[stream];
    if (line) yield toLogLine(stream, line);
  }
}

/** Lines of a container with a terminal: no frames, so a cut line shows only by a second time right after 16 KiB. */
export async function* readTerminalLog(source: AsyncIterable<Buffer>): AsyncGenerator<LogLine> {
  for await (const bytes of wholeLines(source)) {
    let line: OpenLine | null = null;
    for (const entry of toTerminalEntries(bytes)) line = append(line, entry);
    if (line) yield toLogLine('stdout', line);
  }
}

async function* wholeFrames(source: AsyncIterable<Buffer>): AsyncGenerator<{ stream: Frame['stream']; bytes: Buffer }> {
  let parts: Buffer[] = [];
  for await (const frame of readFrames(source)) {
    parts.push(frame.bytes);
    if (!frame.last) continue;
    yield { stream: frame.stream, bytes: parts.length === 1 ? frame.bytes : Buffer.concat(parts) };
    parts = [];
  }
}

async function* wholeLines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      yield Buffer.concat([...parts, rest.subarray(0, end + 1)]);
      parts = [];
      size = 0;
      rest = rest.subarray(end + 1);
    }
    if (rest.length === 0) continue;
    parts.push(rest);
    size += rest.length;
    if (size < MAX_LINE_BYTES) continue;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

function* toTerminalEntries(bytes: Buffer): Generator<Entry> {
  let rest = bytes;
  while (rest.length > 0) {
    const entry = toEntry(rest);
    const next = entry.bytes.subarray(ENTRY_BYTES);
    if (!STAMP.test(next.toString('latin1', 0, STAMP_MAX_BYTES))) {
      yield entry;
      return;
    }
    yield { at: entry.at, bytes: entry.bytes.subarray(0, ENTRY_BYTES) };
    rest = next;
  }
}

interface Entry {
  readonly at: string;
  readonly bytes: Buffer;
}

function toEntry(bytes: Buffer): Entry {
  const stamp = STAMP.exec(bytes.toString('latin1', 0, STAMP_MAX_BYTES))?.[0] ?? '';
  return { at: stamp.trimEnd(), bytes: bytes.subarray(stamp.length) };
}

function append(line: OpenLine | null, entry: Entry): OpenLine {
  if (!line) return { at: entry.at, parts: [entry.bytes], size: entry.bytes.length };
  return { at: line.at, parts: [...line.parts, entry.bytes], size: line.size + entry.bytes.length };
}

function toLogLine(stream: Frame['stream'], line: OpenLine): LogLine {
  return {
    stream,
    at: line.at,
    text: Buffer.concat(line.parts)
      .toString('utf8')
      .replace(/\r?\n$/, ''),
  };
}
