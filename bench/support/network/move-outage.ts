import { eventually } from '../../../e2e/support/api.ts';
import { type Deployed, findMember } from './members.ts';
import { type WayEnd, whenReached } from './traffic.ts';

const MOVED_MS = 60_000;
const EVERY_S = 0.02;

/** Pings until it is ended, each answer with the time at which it came. */
const BEGIN = `
set -- $CK_TEXT
nsenter --net="$1" ping -n -D -i ${EVERY_S} "$2" >/run/clocker-bench-ping 2>&1 &
echo $! >/run/clocker-bench-ping.pid
`;
const END = `
read -r p </run/clocker-bench-ping.pid && kill "$p"
grep -o '^\\[[0-9.]*\\] [0-9]* bytes' /run/clocker-bench-ping | tr -d '[]' | cut -d' ' -f1
rm -f /run/clocker-bench-ping /run/clocker-bench-ping.pid
`;

/**
 * Milliseconds in which `mover` did not answer while it was moved with its address to the other host, once a move; there and back in turn. It is asked
 * from `first`, which stays where it is.
 */
export async function moveOutages(deployed: Deployed, moves: number, signal: AbortSignal): Promise<readonly number[]> {
  const { api } = deployed.console;
  const watcher = await findMember(deployed, 'first', 'back');
  const outages: number[] = [];
  for (let n = 0; n < moves; n++) {
    signal.throwIfAborted();
    const before = await findMember(deployed, 'mover', 'back');
    const toHostId = (await api.host.list.query()).find(({ id }) => id !== before.hostId)?.id;
    if (!toHostId) throw new Error('there is no other host');
    outages.push(
      await longestSilence(watcher, before.address, async () => {
        const { taskId } = await api.entity.move.mutate({ entityId: before.entityId, toHostId });
        await eventually('it has moved', MOVED_MS, async () => (await api.task.get.query({ taskId })).status !== 'running');
      }),
    );
    const after = await findMember(deployed, 'mover', 'back');
    if (after.hostId !== toHostId || after.address !== before.address) throw new Error('it has not moved with its address');
  }
  return outages;
}

/** The longest time between two answers in a row, milliseconds, while `work` goes on and until one came after it. */
async function longestSilence(watcher: WayEnd, address: string, work: () => Promise<void>): Promise<number> {
  const { machine, namespace } = watcher;
  await machine.must(BEGIN, `${namespace} ${address}`);
  let answers: readonly number[] = [];
  try {
    await work();
    await whenReached([watcher, { ...watcher, address }]);
  } finally {
    answers = (await machine.must(END)).trim().split('\n').map(Number);
  }
  if (answers.length < 2) throw new Error(`${address} did not answer`);
  return 1_000 * Math.max(...answers.slice(1).map((at, n) => at - (answers[n] ?? at)));
}
