import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isZip } from '../../domain/blueprint/read-csar.ts';
import { inMebibytes, SOURCE_ARCHIVE_LIMITS, type UnpackedContext, unpackContext } from '../../domain/build/build-context.ts';
import type { FetchedSource, SourceFetcher } from '../../ports/source-fetcher.ts';
import { findArtifact } from './artifact-folder.ts';
import { httpGet } from './http-get.ts';
import { isTar, readTar } from './read-tar.ts';

const unpackGzip = promisify(gunzip);
const MOST_BYTES = SOURCE_ARCHIVE_LIMITS.bytes;

/** `artifacts`: folder of this machine, absolute. */
export function createSourceFetcher(artifacts: string): SourceFetcher {
  return {
    async fetch(url, { signal } = {}) {
      const answer = await httpGet(url, { mostBytes: MOST_BYTES, signal });
      return answer.ok ? await toSource(answer.bytes) : { kind: 'failed', why: answer.why };
    },
    async artifact(name) {
      const found = await findArtifact(artifacts, name);
      if (found === null)
        return { kind: 'failed', why: 'is not in the folder of artifacts', hint: 'Whoever runs the console puts it there.' };
      if (found.bytes > MOST_BYTES) return { kind: 'failed', why: `is larger than ${inMebibytes(MOST_BYTES)}` };
      return await toSource(await readFile(found.file));
    },
  };
}

/** By what the bytes begin with: names and content types of downloads are often wrong. */
async function toSource(bytes: Uint8Array): Promise<FetchedSource> {
  if (isZip(bytes)) return toFiles(unpackContext(bytes));
  if (isTar(bytes)) return toFiles(await readTar(bytes));
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return await fromGzip(bytes);
  const packed = PACKED.find(({ begins }) => begins.every((byte, index) => bytes[index] === byte));
  if (packed === undefined) return { kind: 'file', bytes };
  return { kind: 'failed', why: `is packed by ${packed.by}, which is not read`, hint: 'Serve it as .tar, .tar.gz or .zip.' };
}

const PACKED = [
  { by: 'xz', begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { by: 'bzip2', begins: [0x42, 0x5a, 0x68] },
  { by: 'zstd', begins: [0x28, 0xb5, 0x2f, 0xfd] },
] as const;

async function fromGzip(packed: Uint8Array): Promise<FetchedSource> {
  try {
    const bytes = await unpackGzip(packed, { maxOutputLength: SOURCE_ARCHIVE_LIMITS.textBytes });
    if (isTar(bytes)) return toFiles(await readTar(bytes));
    return { kind: 'failed', why: 'is packed by gzip and is no tar archive', hint: 'Serve a Dockerfile as it is, or as .tar.gz.' };
  } catch (error) {
    const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    const why = isLarge ? `unpacks to more than ${inMebibytes(SOURCE_ARCHIVE_LIMITS.textBytes)}` : 'is damaged';
    return { kind: 'failed', why };
  }
}

function toFiles(unpacked: UnpackedContext): FetchedSource {
  if (unpacked.ok) return { kind: 'archive', files: unpacked.files };
  const { message, hint } = unpacked;
  return { kind: 'failed', why: `cannot be read: ${message.replace(/\.$/, '')}`, ...(hint === undefined ? {} : { hint }) };
}
