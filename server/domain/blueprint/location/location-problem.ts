/** What is wrong with a location; the reader of the text puts it where it stands. */
export interface LocationProblem {
  /** Goes after the location in quotes: “byon:(…)” needs at least one host. */
  readonly message: string;
  readonly hint?: string | undefined;
  /** Keys and positions below the options of the location; empty for the location itself. */
  readonly at: readonly (string | number)[];
  /** Something is not given at all: who uses a location of the catalog may give it. */
  readonly missing?: true;
}

/** Machines that one location may list. */
export const MOST_MACHINES = 1000;
