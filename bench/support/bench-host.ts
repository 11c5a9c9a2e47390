import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dockerLines, dockerOn, ensureTestLab, type LabHost } from '../../e2e/support/lab-hosts.ts';

/** Says which console a bench has started, for the next bench when this one is killed. */
const NOTE = path.join(tmpdir(), 'clocker-bench-console.json');
/** Containers of the benches' references, of docker-compose, and of consoles: the hosts of the test lab hold nothing that is to stay. */
const LABELS = ['bench', 'com.docker.compose.project', 'io.clocker.plane'];

interface Note {
  readonly pid: number;
  readonly dataDirectory: string;
}

/** One host of the test lab, without what a bench that was killed has left there. */
export async function ensureBenchHost(): Promise<LabHost> {
  const [host] = await ensureBenchHosts(1);
  if (!host) throw new Error('the lab has no host');
  return host;
}

export async function ensureBenchHosts(count: number): Promise<readonly LabHost[]> {
  const { hosts } = await ensureTestLab(count);
  endLeftConsole();
  await Promise.all(hosts.map(removeContainers));
  return hosts;
}

export function noteConsole(note: Note): void {
  writeFileSync(NOTE, JSON.stringify(note));
}

export function forgetConsole(): void {
  rmSync(NOTE, { force: true });
}

export async function removeContainers(host: LabHost): Promise<void> {
  for (const label of LABELS) {
    const ids = dockerLines(await dockerOn(host, 'ps', '-aq', '--filter', `label=${label}`));
    if (ids.length > 0) await dockerOn(host, 'rm', '--force', '--volumes', ...ids);
  }
}

/** A console that outlived its bench would make again what is removed here. */
function endLeftConsole(): void {
  const note = readNote();
  if (!note) return;
  if (isThatConsole(note)) process.kill(note.pid, 'SIGKILL');
  rmSync(note.dataDirectory, { recursive: true, force: true });
  forgetConsole();
}

function readNote(): Note | null {
  try {
    return JSON.parse(readFileSync(NOTE, 'utf8'));
  } catch {
    // None was left.
    return null;
  }
}

function isThatConsole({ pid, dataDirectory }: Note): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`CLOCKER_DATA=${dataDirectory}`);
  } catch {
    return false;
  }
}
