import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ExecResult } from '../../../ports/local-exec.ts';
import { type LabWorld, lastLines, type MustRunOptions, mustRun } from './lab-world.ts';

/** Generous: a busy machine may need a minute to make a container. */
const DEFAULT_TIMEOUT_MS = 180_000;

/** The `docker` program, bound to one engine. */
export interface DockerCli {
  readonly socketPath: string;
  /** Prefix of every call, for pipelines. */
  readonly argv: readonly string[];
  /** Environment of every call, for pipelines. */
  readonly env: Readonly<Record<string, string>>;
  /** Has to succeed; returns what it prints, trimmed. Errors: lab.failed. */
  must(args: readonly string[], options?: MustRunOptions): Promise<string>;
  /** May fail: the caller reads the code. */
  run(args: readonly string[], options?: MustRunOptions): Promise<ExecResult>;
  /** `docker … inspect` of objects that exist; those that do not are left out. */
  inspect(kind: 'container' | 'image' | 'network' | 'volume', names: readonly string[]): Promise<readonly unknown[]>;
}

export function createDockerCli(world: LabWorld, socketPath: string): DockerCli {
  const argv = ['docker', '--host', `unix://${socketPath}`];
  // A configuration folder of its own: the user's contexts, proxies and credential helpers stay out of it.
  const env = { DOCKER_CONFIG: world.paths.dockerConfig, DOCKER_BUILDKIT: '0', DOCKER_CLI_HINTS: 'false' };
  const withEnv = (options: MustRunOptions): MustRunOptions => ({
    timeoutMs: DEFAULT_TIMEOUT_MS,
    ...options,
    env: { ...env, ...options.env },
  });
  const run = async (args: readonly string[], options: MustRunOptions = {}): Promise<ExecResult> => {
    const { hint: _hint, what: _what, ...rest } = withEnv(options);
    return world.exec.run([...argv, ...args], { ...rest, ...(world.signal ? { signal: world.signal } : {}) });
  };
  return {
    socketPath,
    argv,
    env,
    run,
    must: async (args, options = {}) => (await mustRun(world, [...argv, ...args], withEnv(options))).trim(),
    inspect: async (kind, names) => {
      if (names.length === 0) return [];
      const result = await run([kind, 'inspect', ...names]);
      const found: unknown = JSON.parse(result.stdout.trim() || '[]');
      if (Array.isArray(found) && (result.code === 0 || /no such|not found/i.test(result.stderr))) return found;
      throw new ClockerError('lab.failed', { message: `Cannot inspect ${kind} ${names.join(', ')}: ${lastLines(result.stderr)}` });
    },
  };
}
