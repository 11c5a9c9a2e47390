import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownAddress } from '../../server/testing/own-address.ts';

export interface ArtifactServer {
  /** `http://10.0.0.5:40000` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves these bytes by path and query, on an address of this machine that is not its loopback. */
export async function serveArtifacts(artifacts: Readonly<Record<string, Uint8Array>>): Promise<ArtifactServer> {
  const server = createServer((request, response) => {
    const bytes = artifacts[request.url ?? ''];
    if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://${ownAddress()}:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
