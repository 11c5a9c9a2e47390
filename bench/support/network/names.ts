import { NAMES_DOMAIN } from '../../../server/domain/network/virtual-network.ts';
import { endNames, lookAtNames, settleNames } from '../../../server/engine/sdn/host-names.ts';
import { dnsQuestion, readAddresses } from '../../../server/engine/sdn/reach-scripts.ts';
import type { BenchMachine } from './bench-machine.ts';

const PLANE = 'bench';
const GATEWAY = '10.199.98.1';
/** Names that the network has anyway. */
const OTHERS = 200;
const TRIES_MS = 10_000;

const ADD = `ip link add ckbenchn type bridge 2>/dev/null; ip addr replace ${GATEWAY}/24 dev ckbenchn && ip link set ckbenchn up`;
const REMOVE = 'ip link del ckbenchn 2>/dev/null; :';
/** One question to the name server of the network; its bytes in hexadecimal. */
const ASK = `
set -- $CK_TEXT
timeout 1 bash -c 'exec 3<>"/dev/udp/$1/53"; printf "$2" | dd ibs=1 obs=512 >&3; dd bs=512 count=1 <&3 | od -An -v -tx1' _ "$1" "$2" 2>/dev/null
`;

/** Milliseconds from a name being written until every host answers it with its address, once a round. */
export async function namesKnown(machines: readonly BenchMachine[], rounds: number): Promise<readonly number[]> {
  await Promise.all(machines.map(({ must }) => must(ADD)));
  const times: number[] = [];
  const settle = async ({ name: hostName, shell }: BenchMachine, lines: readonly string[] | null): Promise<void> => {
    const names = lines === null ? [] : [{ networkId: 'bench', key: 'bench', gateway: GATEWAY, asksOutside: false, lines }];
    const look = lookAtNames(PLANE);
    const { output } = await shell.run(look.script, look.text);
    await endNames(shell, { planeId: PLANE, names }, output);
    const { refused } = await settleNames(shell, { planeId: PLANE, hostName, names }, output);
    for (const error of refused.values()) throw error;
  };
  try {
    const others = Array.from({ length: OTHERS }, (_, n) => `10.199.97.${1 + n} other-${n}.bench.${NAMES_DOMAIN}`);
    await Promise.all(machines.map((machine) => settle(machine, others)));
    for (let n = 0; n < rounds; n++) {
      const name = `new-${n}.bench.${NAMES_DOMAIN}`;
      const begun = performance.now();
      await Promise.all(
        machines.map(async (machine) => {
          await settle(machine, [...others, `10.199.96.${1 + (n % 250)} ${name}`]);
          await answered(machine, name, begun + TRIES_MS);
        }),
      );
      times.push(performance.now() - begun);
    }
    return times;
  } finally {
    await Promise.all(machines.map((machine) => settle(machine, null)));
    await Promise.all(machines.map(({ must }) => must(REMOVE)));
  }
}

async function answered({ shell, name: host }: BenchMachine, name: string, deadline: number): Promise<void> {
  for (;;) {
    const { output } = await shell.run(ASK, `${GATEWAY} ${dnsQuestion(name)}`);
    if ((readAddresses(output) ?? []).length > 0) return;
    if (performance.now() > deadline) throw new Error(`${host} does not answer ${name}`);
  }
}
