import { deflateSync } from 'fflate';
import { crc32 } from '../domain/archive/crc32.ts';

/** One entry of an archive for tests; what is given besides name and content replaces what would be true. */
export interface ZipPart {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Unix mode with the kind of file. */
  readonly mode?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly localName?: string;
}

/** A zip archive as a hostile or broken program could write it too. */
export function makeZip(parts: readonly ZipPart[], comment = ''): Uint8Array {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = typeof part.content === 'string' || part.content === undefined ? encode(part.content ?? '') : part.content;
    const method = part.method ?? 8;
    const packed = method === 8 ? deflateSync(content) : content;
    const facts = [method, 0, 0x21];
    const sizes = [part.crc ?? crc32(content), packed.length, part.size ?? content.length];
    const localName = encode(part.localName ?? part.name);
    const local = join(
      words(0x04034b50),
      halves(20, part.flags ?? 0, ...facts),
      words(...sizes),
      halves(localName.length, 0),
      localName,
      packed,
    );
    const name = encode(part.name);
    const mode = part.mode ?? 0o100644;
    directory.push(
      join(
        words(0x02014b50),
        halves(0x0314, 20, part.flags ?? 0, ...facts),
        words(...sizes),
        halves(name.length, 0, 0, 0, 0),
        words((mode << 16) >>> 0, offset),
        name,
      ),
    );
    locals.push(local);
    offset += local.length;
  }
  const entries = join(...directory);
  const note = encode(comment);
  const end = join(words(0x06054b50), halves(0, 0, parts.length, parts.length), words(entries.length, offset), halves(note.length), note);
  return join(...locals, entries, end);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    view.setUint32(index * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}

function halves(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, index) => {
    view.setUint16(index * 2, value, true);
  });
  return new Uint8Array(view.buffer);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
