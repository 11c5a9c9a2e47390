import type { BenchMachine } from './bench-machine.ts';

/** Words: true or false. An engine takes it up as it runs. */
const SET = `
set -e
sed -i "s/\\"live-restore\\": [a-z]*/\\"live-restore\\": $CK_TEXT/" /etc/docker/daemon.json
systemctl reload docker
n=0
until [ "$(docker info --format '{{.LiveRestoreEnabled}}')" = "$CK_TEXT" ]; do
  [ $n -lt 100 ] || { echo "the engine keeps its live-restore"; exit 1; }
  sleep 0.1
  n=$((n + 1))
done
`;

/** Does `work` while engines of the lab have no live-restore, as the product sets up hosts for networks that need that. @throws Error where one keeps it */
export async function withoutLiveRestore<T>(machines: readonly BenchMachine[], work: () => Promise<T>): Promise<T> {
  try {
    await Promise.all(machines.map(({ must }) => must(SET, 'false')));
    return await work();
  } finally {
    await Promise.all(machines.map(({ must }) => must(SET, 'true')));
  }
}
