export interface BaseImage {
  readonly image: string;
  readonly platform: string | undefined;
}

/**
 * Images that a Dockerfile takes from elsewhere: what its stages are built on, and what `COPY --from` names. Not other stages, not
 * `scratch`, and not what only the engine can tell. `args`: those of the build, over the defaults of `ARG` before the first `FROM`.
 */
export function baseImages(dockerfile: string, args: Readonly<Record<string, string>> = {}): readonly BaseImage[] {
  const stages = new Set<string>();
  const images = new Map<string, BaseImage>();
  const defaults = new Map<string, string>();
  let count = 0;
  const add = (written: string, writtenPlatform?: string): void => {
    const [image, platform] = [fill(written, defaults), writtenPlatform === undefined ? undefined : fill(writtenPlatform, defaults)];
    if (image === null || platform === null || image === '' || image === 'scratch' || stages.has(image.toLowerCase())) return;
    images.set(`${image} ${platform ?? ''}`, { image, platform });
  };
  for (const line of toInstructions(dockerfile)) {
    const [, argument, value] = ARG.exec(line) ?? [];
    if (argument !== undefined && count === 0) declare(argument, value, { args, defaults });
    const [, platform, image, stage] = FROM.exec(line) ?? [];
    if (image !== undefined) {
      add(image, platform);
      count += 1;
    }
    if (stage !== undefined) stages.add(stage.toLowerCase());
    const copied = COPY_FROM.exec(line)?.[1];
    // A number is that of a stage; a variable is not filled in here by the engine.
    if (copied !== undefined && !/^\d+$/.test(copied) && !copied.includes('$')) add(copied);
  }
  return [...images.values()];
}

const FROM = /^\s*FROM\s+(?:--platform=(\S+)\s+)?(\S+)(?:\s+AS\s+(\S+))?\s*$/i;
const ARG = /^\s*ARG\s+([A-Za-z_]\w*)(?:=(\S*))?\s*$/i;
const COPY_FROM = /^\s*COPY\s+(?:--\S+\s+)*?--from=(\S+)\s/i;

/** Lines that end with a backslash go on in the next; comments in between are none of it. */
function toInstructions(dockerfile: string): readonly string[] {
  const lines = dockerfile.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  return lines
    .join('\n')
    .replace(/\\[ \t]*\n/g, ' ')
    .split('\n');
}

interface Arguments {
  readonly args: Readonly<Record<string, string>>;
  readonly defaults: Map<string, string>;
}

/** An argument without a value and without a default is empty, which makes no name of an image. */
function declare(name: string, written: string | undefined, { args, defaults }: Arguments): void {
  const given = Object.hasOwn(args, name) ? args[name] : undefined;
  const value = given ?? (written === undefined ? null : fill(written.replace(/^(["'])(.*)\1$/, '$2'), defaults));
  if (value !== null) defaults.set(name, value);
}

/** With `$NAME`, `${NAME}` and `${NAME:-default}` filled in; null where one is not known. */
function fill(written: string, known: ReadonlyMap<string, string>): string | null {
  let isKnown = true;
  const filled = written.replace(
    /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::-([^}$]*))?\})/g,
    (_, bare?: string, braced?: string, otherwise?: string) => {
      const value = known.get(bare ?? braced ?? '') || otherwise;
      if (value === undefined) isKnown = false;
      return value ?? '';
    },
  );
  return isKnown && !filled.includes('$') ? filled : null;
}
