import { readFile } from 'node:fs/promises';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { isZip, readCsar } from '../../domain/blueprint/read-csar.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { gatherFiles } from './gather-files.ts';

/** The text of a file, or of standard input for `-`. @throws ClockerError input.invalid */
export async function readBlueprint(file: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(file));
}

export type BlueprintReading =
  | { readonly ok: true; readonly input: BlueprintInput }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * A blueprint with what it refers to: the files of the archive that it is, or those beside it. `given`: values for variables and
 * inputs, profiles. @throws ClockerError input.invalid where the file itself cannot be read
 */
export async function readBlueprintInput(
  file: string,
  given: Pick<BlueprintInput, 'variables' | 'profiles'>,
  library: TypeLibrary,
): Promise<BlueprintReading> {
  const bytes = await readBytes(file);
  if (isZip(bytes) || /\.(?:csar|zip)$/i.test(file)) {
    const archive = readCsar(bytes);
    return archive.ok ? { ok: true, input: { ...archive.input, ...given } } : archive;
  }
  const input: BlueprintInput = { text: new TextDecoder().decode(bytes), file, ...given };
  return { ok: true, input: file === '-' ? input : await gatherFiles(input, file, library) };
}

async function readBytes(file: string): Promise<Uint8Array> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ClockerError('input.invalid', { message: `Cannot read ${file}: ${why}`, cause });
  });
}
