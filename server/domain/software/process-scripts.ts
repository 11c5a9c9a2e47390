import type { FileSpec } from '../entity/container-spec.ts';
import type { ProcessSpec, SoftwarePlace } from './process-spec.ts';
import { exportsOf, quoted } from './shell-text.ts';

/*
 * Scripts for a POSIX shell on its standard input. Text of a blueprint stands in them as a quoted word only, is written to a file or given to a
 * shell of its own, and never becomes part of these scripts.
 */

/** Exit codes of these scripts themselves, which no command of a blueprint is taken for as long as it keeps below 200. */
export const RUN_CODE = { interrupted: 201, foreign: 202, overdue: 203 } as const;

/** Below the run folder, ours. */
const OWN = '.clocker';
/** In each folder that we made: whose it is. */
const MARK = '.clocker-owner';
const CHECK_TIMEOUT_S = 20;
/** What a process has printed into `console` of its run folder is cut at the next check once it is longer; its end is kept beside it. */
const CONSOLE_BYTES = { most: 16 * 1024 * 1024, kept: 1024 * 1024 } as const;

export interface ScriptRun {
  readonly place: SoftwarePlace;
  /** Begun anew whatever is there of an earlier run with this number: what is done may be done again. */
  readonly isAnew?: true;
  /** Written into the folders that are made, and looked for before they are touched. */
  readonly owner: string;
  /** Of this run; with the same number the same run is followed. */
  readonly number: number;
  readonly script: string;
  /** Not run where this ends with 0. */
  readonly unless: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly dir: string;
  readonly timeoutS: number;
}

/**
 * Begins a script, or follows the one that was begun under this number, and gives its output and exit code. It goes on when whoever follows it
 * is gone, so that a cut connection ends no install and starts nothing twice.
 */
export function runScriptText(run: ScriptRun): string {
  const { runDir } = run.place;
  return `umask 022
${SAME_BOOT}
r=${quoted(runDir)}
d="$r/${OWN}/run-${run.number}"
${ownFolders(run)}
mkdir -p "$r/${OWN}" && chmod 700 "$r/${OWN}" || exit ${RUN_CODE.foreign}
${run.isAnew ? 'rm -rf "$d"' : ''}
if [ ! -d "$d" ]; then
  for o in "$r/${OWN}"/run-*; do
    [ -e "$o" ] || continue
    p=$(cat "$o/pid" 2>/dev/null)
    [ -n "$p" ] && [ ! -e "$o/code" ] && same_boot "$o" && kill -KILL -- "-$p" 2>/dev/null
    rm -rf "$o"
  done
  mkdir "$d.new" || exit ${RUN_CODE.foreign}
  printf '%s\\n' ${quoted(run.script)} >"$d.new/script"
  printf '%s\\n' ${quoted(run.unless ?? 'exit 1')} >"$d.new/unless"
  printf '%s\\n' ${quoted(exportsOf(run.env))} >"$d.new/env"
  mv "$d.new" "$d"
fi
if mkdir "$d/begun" 2>/dev/null; then
  s=; command -v setsid >/dev/null 2>&1 && s=setsid
  $s sh -c ${quoted(RUNNER)} sh "$d" ${quoted(run.dir)} ${run.unless === null ? "''" : `"$r/${OWN}/process"`} </dev/null >/dev/null 2>&1 &
fi
${follow(run.timeoutS)}`;
}

const BOOT = '/proc/sys/kernel/random/boot_id';

/** Numbers of processes that were written before the machine was restarted are those of others. */
const SAME_BOOT = `same_boot() { [ "$(cat "$1/boot" 2>/dev/null)" = "$(cat ${BOOT} 2>/dev/null)" ]; }`;

/** $1 is the folder of the run, $2 where it begins, $3 what tells the process of before, where another is to be started. */
const RUNNER = `cat ${BOOT} >"$1/boot" 2>/dev/null; echo $$ >"$1/pid"
. "$1/env"; rm -f "$1/env"
if cd "$2"; then
  if sh "$1/unless" >/dev/null 2>&1 </dev/null; then echo "It runs already." >"$1/out"; c=0
  else [ -n "$3" ] && rm -f "$3"; sh "$1/script" >"$1/out" 2>"$1/err" </dev/null; c=$?; fi
else c=1; fi 2>>"$1/err"
rm -f "$1/script" "$1/unless"
echo $c >"$1/code.new"; mv "$1/code.new" "$1/code"`;

function follow(timeoutS: number): string {
  return `o=0; e=0
size() { [ -e "$1" ] && wc -c <"$1" || echo 0; }
show() {
  n=$(size "$d/out"); if [ "$n" -gt "$o" ]; then tail -c +$((o + 1)) "$d/out" | head -c $((n - o)); o=$n; fi
  n=$(size "$d/err"); if [ "$n" -gt "$e" ]; then tail -c +$((e + 1)) "$d/err" | head -c $((n - e)) >&2; e=$n; fi
}
t=$(date +%s); k=0; m=0.02
while [ ! -e "$d/code" ]; do
  show
  # Whole seconds: it is given up to one more, and none less.
  if [ $(($(date +%s) - t)) -gt ${timeoutS} ]; then
    p=$(cat "$d/pid" 2>/dev/null); [ -n "$p" ] && same_boot "$d" && { kill -KILL -- "-$p" || kill -KILL "$p"; } 2>/dev/null
    show; exit ${RUN_CODE.overdue}
  fi
  p=$(cat "$d/pid" 2>/dev/null)
  if [ -z "$p" ]; then k=$((k + 1)); elif ! same_boot "$d"; then k=300; elif ! kill -0 "$p" 2>/dev/null; then k=$((k + 15)); fi
  if [ $k -ge 300 ] && [ ! -e "$d/code" ]; then show; exit ${RUN_CODE.interrupted}; fi
  sleep $m 2>/dev/null || sleep 1
  m=0.1
done
show
exit "$(cat "$d/code")"
`;
}

/** A folder that is there, is not empty and has not our mark is somebody else's. In a container everything is ours. */
function ownFolders({ place, owner }: Pick<ScriptRun, 'place' | 'owner'>): string {
  const dirs = [place.runDir, place.installDir];
  return place.kind === 'container' ? `mkdir -p ${dirs.map(quoted).join(' ')}` : markedFolders(dirs, owner);
}

function markedFolders(dirs: readonly string[], owner: string): string {
  return `w=${quoted(owner)}
for f in ${dirs.map(quoted).join(' ')}; do
  if [ -e "$f/${MARK}" ]; then
    [ "$(cat "$f/${MARK}")" = "$w" ] || { echo "$f belongs to another process" >&2; exit ${RUN_CODE.foreign}; }
  elif [ -d "$f" ] && [ -n "$(ls -A "$f")" ]; then
    echo "$f is there already, and is not ours" >&2; exit ${RUN_CODE.foreign}
  else
    mkdir -p "$f" && printf '%s\\n' "$w" >"$f/${MARK}" || exit ${RUN_CODE.foreign}
  fi
done`;
}

/** Exit code 0 while it runs; its output ends with the process id, where there is one. */
export function checkText({ place, env, check }: ProcessSpec): string {
  return `${exportsOf(env)}cd ${quoted(place.runDir)} 2>/dev/null || exit 1
t=; command -v timeout >/dev/null 2>&1 && t='timeout ${CHECK_TIMEOUT_S}'
$t sh -c ${quoted(checkScript(place, check))} </dev/null
c=$?
if [ -f console ] && [ ! -L console ] && [ "$(wc -c <console)" -gt ${CONSOLE_BYTES.most} ]; then
  tail -c ${CONSOLE_BYTES.kept} console >console.1 && : >console
fi
printf '\\n'; head -n 1 "$PID_FILE" 2>/dev/null
exit $c
`;
}

/** The check by itself, as a script of the process's own environment. */
export function checkScript(place: SoftwarePlace, check: string | null): string {
  return (
    check ??
    `${identify(place)}
[ "$now" != none ] || exit 1
case "$was" in "$now") exit 0 ;; "$p "*) exit 1 ;; esac
mkdir -p "$o" && printf '%s\\n' "$now" >"$o/process"`
  );
}

/** Its own command first, then the process of the PID file where that is still there. */
export function stopScript({ place, stop }: ProcessSpec, stopTimeoutS: number): string {
  return `${stop === null ? '' : `( ${quotedShell(stop)} )\n`}${identify(place)}
case "$was" in ''|"$now") ;; *) now=none ;; esac
if [ "$now" = none ]; then rm -f "$PID_FILE" "$o/process"; exit 0; fi
kill "$p" 2>/dev/null
i=0
while alive && [ $i -lt ${Math.max(1, stopTimeoutS) * 10} ]; do sleep 0.1 2>/dev/null || { sleep 1; i=$((i + 9)); }; i=$((i + 1)); done
if alive; then kill -KILL "$p" 2>/dev/null; sleep 1; fi
alive && { echo "Process $p does not end" >&2; exit 1; }
rm -f "$PID_FILE" "$o/process"`;
}

function quotedShell(script: string): string {
  return `sh -c ${quoted(script)}`;
}

/**
 * Sets \`p\` to the process id of the PID file, \`now\` to what tells that process from any other that gets its number later, and \`was\` to what it
 * was when it was seen first; \`now\` is "none" where there is no such process, or only its dead body.
 */
function identify({ runDir }: SoftwarePlace): string {
  return `o=${quoted(`${runDir}/${OWN}`)}
p=$(head -n 1 "$PID_FILE" 2>/dev/null | tr -cd 0-9)
alive() {
  [ -n "$p" ] && [ -r "/proc/$p/stat" ] || return 1
  s=$(cat "/proc/$p/stat" 2>/dev/null) || return 1
  set -- \${s##*) }
  [ "$1" != Z ] && [ "$1" != X ] || return 1
  b=$(cat ${BOOT} 2>/dev/null)
  now="$p \${20} $b"
}
now=none; alive || now=none
was=$(cat "$o/process" 2>/dev/null)`;
}

/** Writes files, each whole or not at all, into folders that are ours. */
export function writeText(files: readonly FileSpec[], folders: Pick<ScriptRun, 'place' | 'owner'>): string {
  const mark = freeMark(files);
  const each = files.map(({ path, content, mode }) => {
    const at = quoted(path);
    return `mkdir -p "$(dirname ${at})" && cat >${quoted(`${path}.clocker-part`)} <<'${mark}' || exit 1
${content}
${mark}
${cutLast(path)}chmod ${mode.toString(8)} ${quoted(`${path}.clocker-part`)} && mv -f ${quoted(`${path}.clocker-part`)} ${at} || exit 1
`;
  });
  return `umask 022\n${ownFolders(folders)}\numask 077\n${each.join('')}`;
}

/** A here-document ends with a line break of its own. */
function cutLast(path: string): string {
  const part = quoted(`${path}.clocker-part`);
  return `n=$(wc -c <${part}); head -c $((n - 1)) ${part} >${quoted(`${path}.clocker-cut`)} && mv -f ${quoted(`${path}.clocker-cut`)} ${part} || exit 1\n`;
}

export interface BytesPart {
  readonly path: string;
  readonly base64: string;
  readonly mode: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Writes parts of files that are no texts, each file whole or not at all, into folders that are ours. `clear`: a folder that is emptied before. */
export function writeBytesText(
  parts: readonly BytesPart[],
  { clear, ...folders }: Pick<ScriptRun, 'place' | 'owner'> & { readonly clear: string | null },
): string {
  const each = parts.map(({ path, base64, mode, isFirst, isLast }) => {
    const [at, part] = [quoted(path), quoted(`${path}.clocker-part`)];
    const put = `mkdir -p "$(dirname ${at})" && base64 -d ${isFirst ? '>' : '>>'}${part} <<'END' || exit 1\n${base64}\nEND\n`;
    return isLast ? `${put}chmod ${mode.toString(8)} ${part} && mv -f ${part} ${at} || exit 1\n` : put;
  });
  const first = clear === null ? '' : `rm -rf ${quoted(clear)}\n`;
  return `umask 022\n${ownFolders(folders)}\n${first}${each.join('')}`;
}

function freeMark(files: readonly FileSpec[]): string {
  let mark = 'CLOCKER_END';
  while (files.some(({ content }) => content.includes(mark))) mark += '_';
  return mark;
}

/** Makes a folder for data on a machine, or finds that it is ours. Users of the machine may go through it. */
export function dataFolderText(path: string, owner: string): string {
  return `umask 022
${markedFolders([path], owner)}
`;
}

/** Takes a folder of data away that is ours, with all that is in it, and what is empty above it. */
export function removeDataText(path: string, owner: string): string {
  return `f=${quoted(path)}
[ -e "$f" ] || exit 0
[ "$(cat "$f/${MARK}" 2>/dev/null)" = ${quoted(owner)} ] || { echo "$f is not ours" >&2; exit ${RUN_CODE.foreign}; }
find "$f" -mindepth 1 -maxdepth 1 ! -name ${MARK} -exec rm -rf {} + && rm -rf "$f" || exit 1
rmdir "$(dirname "$f")" 2>/dev/null && rmdir "$(dirname "$(dirname "$f")")" 2>/dev/null
exit 0
`;
}

/** Takes the folders away that we made: those with our mark, and what is empty above them. */
export function removeText(place: SoftwarePlace, owner: string): string {
  return `w=${quoted(owner)}; b=${quoted(place.baseDir)}
for f in ${quoted(place.runDir)} ${quoted(place.installDir)}; do
  [ "$(cat "$f/${MARK}" 2>/dev/null)" = "$w" ] || continue
  rm -rf "$f" || exit 1
  case "$f" in "$b"/*) ;; *) continue ;; esac
  u=$(dirname "$f")
  while [ "$u" != / ]; do rmdir "$u" 2>/dev/null || break; [ "$u" = "$b" ] && break; u=$(dirname "$u"); done
done
exit 0
`;
}
