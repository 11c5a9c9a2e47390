export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Buffer;
  /** True where this is the end of a frame that the engine wrote as one. */
  readonly last: boolean;
}

const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * The engine's framing of two streams on one: a byte that names the stream, three of nothing, four for the length, the bytes.
 * Reads only as fast as the consumer takes. Frames come in pieces as they arrive.
 */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let header = Buffer.alloc(0);
  let stream: Frame['stream'] = 'stdout';
  let left = 0;
  for await (const chunk of source) {
    let bytes = header.length > 0 ? Buffer.concat([header, chunk]) : chunk;
    header = Buffer.alloc(0);
    while (bytes.length > 0) {
      if (left === 0) {
        if (bytes.length < HEADER_BYTES) {
          header = Buffer.from(bytes);
          break;
        }
        stream = bytes[0] === STDERR ? 'stderr' : 'stdout';
        left = bytes.readUInt32BE(4);
        bytes = bytes.subarray(HEADER_BYTES);
        if (left === 0) continue;
      }
      if (bytes.length === 0) break;
      const piece = bytes.subarray(0, left);
      left -= piece.length;
      yield { stream, bytes: piece, last: left === 0 };
      bytes = bytes.subarray(piece.length);
    }
  }
}

/** Lines of a text stream without their end. A last line without an end counts too. */
export async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of source) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
