import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { describeError } from '../client/describe-error.ts';
import { findEntity } from '../client/find.ts';
import { passOn } from '../client/forwarded.ts';
import { parsePort } from '../client/options.ts';
import { printable } from '../client/output.ts';

interface ForwardOptions extends CommonOptions {
  readonly local?: number;
}

const OWN_ADDRESS = '127.0.0.1';

export function forwardCommand(): Command {
  return remoteCommand('forward', 'a port of this machine that leads to one of an entity, published or not, to look into things')
    .argument('<entity>', 'name, APP/NAME or id')
    .argument('<port>', 'TCP port of its container, or of its process on a machine', parsePort)
    .option('--local <port>', 'port of 127.0.0.1 (default: the same; 0 takes a free one)', parseLocalPort)
    .action((reference: string, port: number, options: ForwardOptions) =>
      withServer(options, async (session) => {
        const { id } = await findEntity(session.api, reference);
        // Whether there is such a thing is told before anything listens.
        const { title } = await session.api.entity.forward.mutate({ entityId: id, port });
        const server = await listen(options.local ?? port);
        const { port: local } = server.address() as AddressInfo;
        session.output.result({ address: OWN_ADDRESS, port: local, to: title }, () => [
          `${OWN_ADDRESS}:${local} leads to ${printable(title)}. Ctrl-C ends it.`,
        ]);
        await serve(session, server, async () => (await session.api.entity.forward.mutate({ entityId: id, port })).ticket);
      }),
    );
}

/** A ticket a connection, until it is interrupted. A connection that fails is told, and the others go on. */
async function serve(session: Session, server: Server, ticket: () => Promise<string>): Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (local) => {
    open.add(local);
    local.on('close', () => open.delete(local));
    ticket()
      .then((one) => passOn(session, local, one))
      .catch((error: unknown) => {
        session.output.error(describeError(error));
        local.destroy();
      });
  });
  await once(process, 'SIGINT');
  for (const local of open) local.destroy();
  server.close();
}

async function listen(port: number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(port, OWN_ADDRESS);
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    throw new ClockerError('port.taken', {
      message: `Port ${port} of this machine cannot be listened on`,
      hint: 'Give another by --local, or --local 0 for a free one.',
      cause,
    });
  }
}

function parseLocalPort(text: string): number {
  return text === '0' ? 0 : parsePort(text);
}
