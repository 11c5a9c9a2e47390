/** A plug-in of `plugins/host-setup`: how a distribution installs Docker Engine. */
export interface PackageManagerPlugin {
  readonly id: string;
  readonly title: string;
  /** Other names; there are none by now. */
  readonly aliases: readonly string[];
  /** The program by which a machine is known to have it. */
  readonly command: string;
  /** Seen to work on real machines. */
  readonly verified: boolean;
  /** POSIX sh, run as root without input; it must do nothing where the engine is installed. */
  readonly install: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** What its output says about a failure: the first that fits is told. `again`: it may work later. */
  readonly failures: readonly { readonly pattern: RegExp; readonly problem: string; readonly hint: string; readonly again: boolean }[];
}
