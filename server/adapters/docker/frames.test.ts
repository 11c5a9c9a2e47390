import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../../ports/contracts/collect.ts';
import { readFrames, readLines } from './frames.ts';
import { readFramedLog, readTerminalLog } from './log-lines.ts';

const AT = '2026-11-22T20:21:12.764647472Z';
const LATER = '2026-11-22T20:21:12.764647999Z';

function frame(stream: 1 | 2, text: string | Buffer): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readFrames', () => {
  it('gives the same bytes to the same streams however the connection cuts them', async () => {
    const frames = fc.array(fc.record({ stream: fc.constantFrom(1 as const, 2 as const), text: fc.string({ maxLength: 30 }) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 50 }), async (sent, size) => {
        const got = { stdout: '', stderr: '' };
        for await (const { stream, bytes } of readFrames(inPieces(Buffer.concat(sent.map((one) => frame(one.stream, one.text))), size))) {
          got[stream] += bytes.toString('latin1');
        }
        const wanted = (stream: number): string =>
          sent
            .filter((one) => one.stream === stream)
            .map((one) => Buffer.from(one.text).toString('latin1'))
            .join('');
        expect(got).toEqual({ stdout: wanted(1), stderr: wanted(2) });
      }),
    );
  });
});

describe('readLines', () => {
  it('keeps characters whole that arrive in two pieces', async () => {
    expect(await collect(readLines(inPieces(Buffer.from('größe\n🐳\nend'), 1)))).toEqual(['größe', '🐳', 'end']);
  });
});

describe('readFramedLog', () => {
  it('parts the time from the text and the streams from each other', async () => {
    const bytes = Buffer.concat([frame(1, `${AT} hello\n`), frame(2, `${AT} \n`), frame(1, `${LATER} no end`)]);
    expect(await collect(readFramedLog(inPieces(bytes, 7)))).toEqual([
      { stream: 'stdout', at: AT, text: 'hello' },
      { stream: 'stderr', at: AT, text: '' },
      { stream: 'stdout', at: LATER, text: 'no end' },
    ]);
  });

  it('puts a long line together again, with the other stream in between', async () => {
    const long = 'x'.repeat(16_384);
    const bytes = Buffer.concat([frame(1, `${AT} ${long}`), frame(2, `${AT} oops\n`), frame(1, `${LATER} tail\n`)]);
    expect(await collect(readFramedLog(inPieces(bytes, 1_000)))).toEqual([
      { stream: 'stderr', at: AT, text: 'oops' },
      { stream: 'stdout', at: AT, text: `${long}tail` },
    ]);
  });
});

describe('readTerminalLog', () => {
  it('reads lines that have no frames and end like those of a terminal', async () => {
    const bytes = Buffer.from(`${AT} one\r\n${LATER} two\r\n`);
    expect(await collect(readTerminalLog(inPieces(bytes, 5)))).toEqual([
      { stream: 'stdout', at: AT, text: 'one' },
      { stream: 'stdout', at: LATER, text: 'two' },
    ]);
  });

  it('takes the times out of a line that the engine cut', async () => {
    const part = 'x'.repeat(16_384);
    const bytes = Buffer.from(`${AT} ${part}${LATER} ${part}${LATER} end\r\n`);
    const [line] = await collect(readTerminalLog(inPieces(bytes, 4_096)));
    expect(line).toEqual({ stream: 'stdout', at: AT, text: `${part}${part}end` });
  });
});
