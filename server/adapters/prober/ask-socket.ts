import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { NetworkProbe } from '../../ports/prober.ts';
import type { Told, Way } from './create-prober.ts';

type TcpProbe = Extract<NetworkProbe, { readonly kind: 'tcp' }>;
type TlsProbe = Extract<NetworkProbe, { readonly kind: 'tls' }>;

/** Whether somebody accepts a connection, which is closed at once. */
export async function askTcp({ port }: TcpProbe, { address, signal, through }: Way): Promise<Told> {
  const socket = through?.dial(address.address, port) ?? connect({ host: address.address, port });
  await opened(socket, 'connect', signal);
  return { kind: 'tcp' };
}

/** The certificate that a server shows; nothing is sent. */
export async function askTls(probe: TlsProbe, { address, signal, through }: Way): Promise<Told> {
  const name = probe.serverName ?? probe.host;
  const socket = connectTls({
    ...(through ? { socket: through.dial(address.address, probe.port) } : { host: address.address, port: probe.port }),
    rejectUnauthorized: probe.insecure !== true,
    ...(isIP(name) === 0 ? { servername: name } : {}),
  });
  let certificate: PeerCertificate | undefined;
  socket.once('secureConnect', () => {
    certificate = (socket as TLSSocket).getPeerCertificate();
  });
  await opened(socket, 'secureConnect', signal);
  const validUntil = Date.parse(certificate?.valid_to ?? '');
  if (Number.isNaN(validUntil)) return { kind: 'failed', problem: 'it shows no certificate' };
  return { kind: 'tls', validUntil, subject: String(certificate?.subject.CN ?? '') };
}

async function opened(socket: Duplex, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(event, () => resolve());
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the connection was closed')));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
    });
  } finally {
    // What still comes of it concerns nobody.
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
