/** One entry as the directory at the end of a zip archive (APPNOTE 4.3.12) tells it. Nothing of it is to be trusted. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 is stored, 8 is DEFLATE. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its own header stands. */
  readonly offset: number;
  /** Unix mode with the kind of file; 0 where the archive was not made on Unix. */
  readonly mode: number;
}

export type ZipDirectory =
  | { readonly ok: true; readonly entries: readonly ZipEntry[] }
  | { readonly ok: false; readonly reason: 'not-a-zip' | 'damaged' | 'too-many' | 'zip64' };

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const UNIX = 3;
const MACOS = 19;

/** Reads the directory; at most `most` entries. */
export function readZipDirectory(bytes: Uint8Array, most: number): ZipDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return { ok: false, reason: startsAsZip(view) ? 'damaged' : 'not-a-zip' };
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) return { ok: false, reason: 'zip64' };
  if (count > most) return { ok: false, reason: 'too-many' };
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) return { ok: false, reason: 'damaged' };
    const nameLength = view.getUint16(at + 28, true);
    const next = at + ENTRY_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return { ok: false, reason: 'damaged' };
    entries.push(toEntry(view, at, decodeName(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength))));
    at = next;
  }
  return { ok: true, entries };
}

/** The packed bytes of an entry; null where its own header is not there, has another name, or the archive ends before them. */
export function packedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { offset } = entry;
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) return null;
  const nameLength = view.getUint16(offset + 26, true);
  const start = offset + LOCAL_SIZE + nameLength + view.getUint16(offset + 28, true);
  if (start + entry.packedSize > bytes.length) return null;
  const name = decodeName(bytes.subarray(offset + LOCAL_SIZE, offset + LOCAL_SIZE + nameLength));
  return name === entry.name ? bytes.subarray(start, start + entry.packedSize) : null;
}

function toEntry(view: DataView, at: number, name: string): ZipEntry {
  const madeOn = view.getUint8(at + 5);
  return {
    name,
    encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    mode: madeOn === UNIX || madeOn === MACOS ? view.getUint16(at + 40, true) : 0,
  };
}

/** The end record stands last, before a comment of up to 65,535 bytes. */
function findEnd(view: DataView): number | null {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE && at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return null;
}

function startsAsZip(view: DataView): boolean {
  return view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE;
}

/** UTF-8 where it is that, whatever the flag says; else one character a byte. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes.subarray(0, 1024));
  }
}
