/** What a deploy or an update is sent with. */
export interface Sent {
  readonly binaryFiles?: readonly string[] | undefined;
  readonly contexts?: Readonly<Record<string, string>> | undefined;
}

export interface Bringing {
  /** That images are built from, by the plan. */
  readonly folders: readonly string[];
  /** Files that are no texts, by their name beside the blueprint, as far as they were opened in this page. */
  readonly binaries: ReadonlyMap<string, Blob>;
  readonly put: (input: { readonly archive: string; readonly over?: string }) => Promise<{ readonly hash: string }>;
}

/** The request with the files that are no texts brought to the server: texts go with the request itself. */
export async function bringContexts<Request extends Sent>(request: Request, { folders, binaries, put }: Bringing): Promise<Request> {
  const named = (request.binaryFiles ?? []).flatMap((name) => {
    const blob = binaries.get(name);
    return blob === undefined ? [] : [[name, blob] as const];
  });
  if (named.length === 0 || folders.length === 0) return request;
  // What packs archives is loaded by those who bring one.
  const { binaryContexts, packContext } = await import('@/server/domain/build/build-context.ts');
  const read = await Promise.all(
    named.map(async ([name, blob]) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return [name, { bytes, executable: isProgram(bytes) }] as const;
    }),
  );
  const contexts: Record<string, string> = { ...request.contexts };
  for (const [folder, files] of binaryContexts(folders, new Map(read))) {
    const over = contexts[folder];
    const { hash } = await put({ archive: toBase64(packContext(files)), ...(over === undefined ? {} : { over }) });
    contexts[folder] = hash;
  }
  return { ...request, contexts };
}

/** Browsers tell no permissions. A program of Linux begins so. */
function isProgram(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

const STEP = 0x8000;

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += STEP) parts.push(String.fromCharCode(...bytes.subarray(at, at + STEP)));
  return btoa(parts.join(''));
}
