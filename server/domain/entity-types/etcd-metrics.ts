import type { ConfigMap } from '../blueprint/config-value.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';
import { firstPort } from '../entity/port-ranges.ts';
import { metricsByCommand } from './own-metrics.ts';

/** Names and numbers; `Leader` and `MemberID` are the same where it leads. */
const STATUS = `export ETCDCTL_API=3
etcdctl --endpoints "http://127.0.0.1:$CLIENT_PORT" endpoint status -w fields | tr -d '"' | { while IFS=' :' read -r name value; do
  case $name in MemberID) own=$value ;; Leader) leader=$value ;; DBSize | RaftTerm | RaftIndex) echo "$name $value" ;; esac
done
[ -n "$own" ] || exit 1
if [ "$own" = "$leader" ]; then echo 'IsLeader 1'; else echo 'IsLeader 0'; fi; }`;

/** What a node tells of itself. */
export function etcdMetrics(given: ConfigMap): readonly AdjunctSpec[] {
  const metrics = [
    { metric: 'IsLeader', targetSensor: 'etcd.node.isLeader' },
    { metric: 'RaftTerm', targetSensor: 'etcd.raft.term' },
    { metric: 'RaftIndex', targetSensor: 'etcd.raft.index' },
    { metric: 'DBSize', targetSensor: 'etcd.db.size' },
  ];
  const env = { CLIENT_PORT: String(firstPort(given['etcd.port.client'] ?? '2379+')) };
  return [metricsByCommand({ command: STATUS, env, period: '15s', metrics })];
}
