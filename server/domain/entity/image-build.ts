/** An image that is made on the host, instead of one of a registry. Plain data: its hash is its name. */
export interface ImageBuild {
  readonly dockerfile: string;
  /** Content hash of the files beside it; what they are is kept elsewhere. */
  readonly context?: string;
  /** Where the Dockerfile stands among these; it takes the place of that one. */
  readonly path?: string;
  readonly args?: Readonly<Record<string, string>>;
  /** The stage that is the image, instead of the last. */
  readonly target?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface InstallSteps {
  /** What it is built on; null where the Dockerfile says so. */
  readonly base: string | null;
  readonly dockerfile: string | null;
  /** Put for `${name}` in the Dockerfile. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** Run one after another, each by a shell that ends with the first failure. */
  readonly commands: readonly string[];
  /** Of these commands alone. */
  readonly env: Readonly<Record<string, string>>;
  /** Files beside the Dockerfile, and options of the build; only those that say anything. */
  readonly options?: Omit<ImageBuild, 'dockerfile'>;
}

/** Null where nothing is built: the image is taken as it is. */
export function toImageBuild({ base, dockerfile, substitutions, commands, env, options = {} }: InstallSteps): ImageBuild | null {
  if (dockerfile === null && commands.length === 0) return null;
  const first = dockerfile === null ? `FROM ${base ?? 'scratch'}` : substitute(dockerfile, substitutions).trimEnd();
  const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  const steps = commands.map((command) => `RUN ${JSON.stringify(['/bin/sh', '-ec', `${exports.join('')}${command}`])}`);
  return { dockerfile: `${[first, ...steps].join('\n')}\n`, ...options };
}

/**
 * Names that a Dockerfile asks for and that neither a substitution nor Docker can give. Docker knows no names with dots, and in `FROM` only those
 * of `ARG`; everywhere else a variable may come from the base image, or be one of a step's shell.
 */
export function missingSubstitutions(dockerfile: string, substitutions: Readonly<Record<string, string>>): readonly string[] {
  const lines = dockerfile.split('\n').filter((line) => !/^\s*#/.test(line));
  const own = new Set(lines.flatMap((line) => [...line.matchAll(/^\s*ARG\s+([A-Za-z_]\w*)/gi)].map(([, name]) => name)));
  const asked = lines.flatMap((line) => {
    const names = [...line.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []);
    return /^\s*FROM\s/i.test(line) ? names.filter((name) => !own.has(name)) : names.filter((name) => name.includes('.'));
  });
  return [...new Set(asked.filter((name) => !Object.hasOwn(substitutions, name)))];
}

const PLACEHOLDER = /\$\{([A-Za-z_][\w.]*)\}/g;

function substitute(dockerfile: string, substitutions: Readonly<Record<string, string>>): string {
  return dockerfile.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(substitutions, name) ? (substitutions[name] ?? whole) : whole,
  );
}
