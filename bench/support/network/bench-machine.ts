import { createSystemClock } from '../../../server/adapters/clock/system-clock.ts';
import { createHostConnector } from '../../../server/adapters/ssh/create-host-connector.ts';
import type { Underlay } from '../../../server/domain/entity/host.ts';
import { asRoot } from '../../../server/engine/sdn/root-shell.ts';
import type { RootShell } from '../../../server/ports/sdn-provider.ts';
import { quietLog } from '../../../server/testing/quiet-log.ts';
import type { BenchConsole } from '../bench-console.ts';

/** A host as the bench works on it: by the product's own connection and root shell. */
export interface BenchMachine {
  readonly name: string;
  readonly socketPath: string;
  readonly underlay: Underlay;
  readonly shell: RootShell;
  /** As `shell`, for scripts that must not fail. */
  must(script: string, text?: string): Promise<string>;
  close(): Promise<void>;
}

/** Connects to all hosts of a console. */
export async function openMachines({ api, hosts }: Pick<BenchConsole, 'api' | 'hosts'>): Promise<readonly BenchMachine[]> {
  const connector = createHostConnector({ clock: createSystemClock(), log: quietLog() });
  const records = await api.host.list.query();
  return await Promise.all(
    hosts.map(async (host): Promise<BenchMachine> => {
      const underlay = records.find(({ name }) => name === host.name)?.facts?.underlay;
      if (!underlay) throw new Error(`${host.name} has not told at which address others reach it`);
      const session = connector.session({ ...host, privateKey: host.privateKeyPem });
      await session.connect();
      const shell = asRoot(session.shell, host.name);
      return {
        name: host.name,
        socketPath: host.socketPath,
        underlay,
        shell,
        async must(script, text) {
          const { output, code } = await shell.run(script, text);
          if (code !== 0) throw new Error(`${host.name}: ${output.trim()}`);
          return output;
        },
        close: () => session.close(),
      };
    }),
  );
}
