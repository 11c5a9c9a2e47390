export interface WriteOptions {
  /** Permission bits, for example 0o600. Default 0o644. */
  readonly mode?: number;
}

/** Files of the machine that Clocker itself runs on. Every path is absolute. */
export interface LocalFiles {
  /** The text, or undefined where the file does not exist. */
  readText(path: string): Promise<string | undefined>;
  /** Replaces the file as a whole: a reader sees the old text or the new, never a part. Makes missing folders. */
  writeText(path: string, text: string, options?: WriteOptions): Promise<void>;
  /** Creates the file with this text; false, and nothing changed, where it exists. */
  createText(path: string, text: string): Promise<boolean>;
  /** Moves within one file system, replacing what is there; false where the source does not exist. */
  rename(from: string, to: string): Promise<boolean>;
  /** Removes a file or a folder with all it holds; nothing happens where it does not exist. */
  remove(path: string): Promise<void>;
  makeFolder(path: string, mode?: number): Promise<void>;
  /** Names in a folder, sorted; none where it does not exist. */
  list(path: string): Promise<readonly string[]>;
  /** Paths of all files below a folder, relative to it, sorted. */
  listFiles(path: string): Promise<readonly string[]>;
  /** Size in bytes, or undefined where the file does not exist. */
  size(path: string): Promise<number | undefined>;
  /** SHA-256 of the content in hexadecimal, or undefined where the file does not exist. */
  sha256(path: string): Promise<string | undefined>;
}
