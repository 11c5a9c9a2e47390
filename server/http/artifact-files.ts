import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type FoundArtifact, findArtifact } from '../adapters/sources/artifact-folder.ts';
import { ARTIFACTS_PREFIX, artifactFile, artifactGrant, artifactPath, leadsTo } from '../domain/artifact/artifact-file.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { API_POLICY } from './content-security-policy.ts';
import { respondText } from './respond.ts';

const ADDRESS = new RegExp(`^${ARTIFACTS_PREFIX}([0-9a-f]{64})/(.+)$`);

/**
 * Gives hosts the files that artifact rules lead to, without a login: the address itself grants what one rule leads to, while there is that rule.
 * Everything else is answered with 404, whatever it is.
 */
export async function serveArtifact(
  { store, secrets }: Pick<EngineContext, 'store' | 'secrets'>,
  folder: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return respondText(response, 405, 'Only GET and HEAD.\n');
  const [, token = '', written = ''] = ADDRESS.exec(request.url ?? '') ?? [];
  const name = artifactPath(written);
  const isGranted = [...store.view.all('artifactRule').values()].some(({ to }) => {
    const file = artifactFile(to);
    return file !== null && name !== null && leadsTo(file, name) && secrets.verify(artifactGrant(file), token);
  });
  const found = isGranted && name !== null ? await findArtifact(folder, name) : null;
  if (found === null) return respondText(response, 404, 'There is no such artifact.\n');
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': found.bytes,
    'cache-control': 'no-store',
    'content-security-policy': API_POLICY,
  });
  if (request.method === 'HEAD') response.end();
  else await send(found, response);
}

/** Who downloads may go away at any time: nothing has failed here. */
async function send({ file, bytes }: FoundArtifact, response: ServerResponse): Promise<void> {
  try {
    await pipeline(createReadStream(file, { end: Math.max(0, bytes - 1) }), response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}
