/** What a blueprint is read from: its text, and what the text may refer to. Plain data, so that it can cross to a worker. */
export interface BlueprintInput {
  readonly text: string;
  /** Name of the main file, `compose.yaml`: relative names are resolved beside it, findings in it carry none. */
  readonly file?: string;
  /** Other files by path relative to the main one: `.env`, a file that it extends, the parts of an archive. Never read from a disk. A name that ends with `/` is an empty folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files that are there and are no text, by path as in `files`: an image, a program. */
  readonly binaryFiles?: readonly string[];
  /**
   * Folders that images are built from (`web`; `.` is that of the main file), each by the content hash of the archive that was brought of it. Texts
   * in `files` below such a folder take the place of what is in there. For a plan alone the hash may be any text.
   */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Files merged over the main one, in this order, by their name in `files` (Compose's further `-f`). */
  readonly overlays?: readonly string[];
  /** Variables for interpolation (Compose) and values of inputs (TOSCA). */
  readonly variables?: Readonly<Record<string, string>>;
  /** Compose profiles that are on. */
  readonly profiles?: readonly string[];
  /** Options that give containers rights over their host are allowed, by somebody who may administer the clouds that it is deployed to. */
  readonly hostAccess?: boolean;
}

/** What comes with the text of a blueprint. */
export type BlueprintParts = Omit<BlueprintInput, 'text'>;

/** The parts of an input that say anything; undefined when there are none. */
export function partsOf(input: { readonly [K in keyof BlueprintParts]?: BlueprintParts[K] | undefined }): BlueprintParts | undefined {
  const { file, files, binaryFiles, contexts, overlays, variables, profiles, hostAccess } = input;
  const parts: BlueprintParts = {
    ...(file ? { file } : {}),
    ...(files && Object.keys(files).length > 0 ? { files } : {}),
    ...(binaryFiles && binaryFiles.length > 0 ? { binaryFiles } : {}),
    ...(contexts && Object.keys(contexts).length > 0 ? { contexts } : {}),
    ...(overlays && overlays.length > 0 ? { overlays } : {}),
    ...(variables && Object.keys(variables).length > 0 ? { variables } : {}),
    ...(profiles && profiles.length > 0 ? { profiles } : {}),
    ...(hostAccess === true ? { hostAccess } : {}),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
}

/** How a blueprint was written. */
export type BlueprintFormat = 'camp' | 'catalog' | 'compose' | 'tosca' | 'docker-run';
