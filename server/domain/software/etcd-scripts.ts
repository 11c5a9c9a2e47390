import { asUser, installPackages } from './debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from './process-spec.ts';

export interface EtcdServer {
  readonly clientPort: number;
  readonly peerPort: number;
  /** By which its nodes know each other; letters, digits, `_`, `.` and `-`. */
  readonly token: string;
}

/**
 * An etcd of Debian, or of its image. Its name is the id of its entity. The first of a cluster begins it; each other one is made a member by those that are
 * there before it starts, and is taken out by them before it goes for good. What the members know of it follows where it is reached.
 */
export function etcdCommands(server: EtcdServer, place: SoftwarePlace): SoftwareCommands {
  return {
    install: installPackages({
      program: ['etcd', 'etcdctl'],
      packages: ['etcd-server', 'etcd-client'],
      services: ['etcd.service'],
    }),
    customize: null,
    launch: `${FUNCTIONS}
d="$DATA_DIR/etcd"
peer="http://$(at "$ENTITY_ID" "$PEER_PORT")"
${JOIN}
${asUser('etcd')}
id "$user" >/dev/null 2>&1 || { as=; user=$(id -un); }
mkdir -p "$d" && chown -R "$user" "$d" && chmod 700 "$d" || exit 1
o="$RUN_DIR/console"
${place.kind === 'container' ? '[ -w /proc/1/fd/1 ] && o=/proc/1/fd/1\n' : ''}nohup $as etcd --logger zap --log-outputs stderr --name "$ENTITY_ID" --data-dir "$d" --initial-cluster-token "$TOKEN" \\
  --listen-client-urls "http://0.0.0.0:$CLIENT_PORT" --advertise-client-urls "http://$(at "$ENTITY_ID" "$CLIENT_PORT")" \\
  --listen-peer-urls "http://0.0.0.0:$PEER_PORT" --initial-advertise-peer-urls "$peer" \\
  --initial-cluster "$cluster" --initial-cluster-state "$state" >>"$o" 2>&1 </dev/null &
echo $! >"$PID_FILE"`,
    check: null,
    stop: `[ "$CLUSTER_LEAVES" = true ] || exit 0
${FUNCTIONS}
# None is taken out of a cluster whose nodes have not been connected for 5 s.
try=0
while [ $try -lt 20 ]; do
  if list=$(ask member list); then
    m=$(mine)
    [ -n "$m" ] || exit 0
    ask member remove "$m" && exit 0
  fi
  try=$((try + 1))
  sleep 1
done
echo 'No other node has taken it out of the cluster: the next that joins does' >&2`,
    env: {
      DATA_DIR: place.dataDir,
      ETCDCTL_API: '3',
      CLIENT_PORT: String(server.clientPort),
      PEER_PORT: String(server.peerPort),
      TOKEN: server.token,
    },
  };
}

/**
 * `at`: where the port `$2` of the member `$1` is reached. `ask`: the first of the others that answers is asked. `mine`: its own number in `$list`, which is
 * what `member list` has said: number, state, name, peer URL, client URL; of one that has not started yet there is no name.
 */
const FUNCTIONS = `at() {
  printf '%s\\n' "$CLUSTER_MEMBERS" | while read -r m ports; do
    [ "$m" = "$1" ] || continue
    for p in $ports; do case $p in "$2="*) echo "\${p#*=}" ;; esac; done
  done
}
ids() { printf '%s\\n' "$CLUSTER_MEMBERS" | while read -r m ports; do echo "$m"; done; }
ask() {
  for other in $(ids); do
    [ "$other" != "$ENTITY_ID" ] || continue
    where=$(at "$other" "$CLIENT_PORT")
    [ -n "$where" ] && etcdctl --endpoints "http://$where" --dial-timeout 2s --command-timeout 5s "$@" </dev/null && return 0
  done
  return 1
}
listed() { printf '%s\\n' "$list"; }
mine() { listed | while IFS=', ' read -r m state name rest; do [ "$name" != "$ENTITY_ID" ] || echo "$m"; done; }
is_listed() { listed | grep -qF -- ", $peer,"; }`;

/**
 * Sets `cluster` and `state`, by which it starts. Who joins first takes those out that are no members any more, as they count for the quorum, and one of its
 * own that it has no data of. Who was made after it was told of the others is left alone.
 */
const JOIN = `take_out() {
  newest=$(ids | LC_ALL=C sort | tail -n 1)
  listed | { while IFS=', ' read -r m state name url rest; do
    case $state in
      started)
        if [ "$name" != "$ENTITY_ID" ]; then
          ids | grep -qxF -- "$name" && continue
          [ "$(printf '%s\\n' "$name" "$newest" | LC_ALL=C sort | tail -n 1)" = "$newest" ] || continue
        fi ;;
      unstarted) [ "$url" != "$peer" ] && [ $try -ge 3 ] || continue ;;
      *) continue ;;
    esac
    echo "Node $m is none of this cluster any more"
    ask member remove "$m" || exit 1
  done; }
}
join() {
  list=$(ask member list) && take_out && list=$(ask member list) || return 1
  if ! is_listed; then
    ask member add "$ENTITY_ID" --peer-urls "$peer" && list=$(ask member list) || return 1
  fi
  cluster="$(listed | while IFS=', ' read -r m state name url rest; do [ -z "$name" ] || printf '%s=%s,' "$name" "$url"; done)$ENTITY_ID=$peer"
}
state=existing
cluster="$ENTITY_ID=$peer"
if [ -d "$d/member" ]; then
  if list=$(ask member list); then
    m=$(mine)
    if is_listed; then :
    elif [ -n "$m" ]; then ask member update "$m" --peer-urls "$peer" || exit 1
    else echo 'The others have taken it out: it joins anew'; rm -rf "$d/member"; fi
  else echo 'No other node answers: it goes on with what it has'; fi
fi
if [ ! -d "$d/member" ]; then
  if [ "$CLUSTER_FIRST" = true ]; then state=new
  else
    try=0
    until join; do
      try=$((try + 1))
      [ $try -lt 15 ] || { echo 'No node of its cluster takes it in' >&2; exit 1; }
      sleep 2
    done
  fi
fi`;
