export type Say = (line: string) => void;

/** Lines with the time since the start, so that a person sees what takes how long. Repeated lines are said once. */
export function createReport(startedAt: number): Say {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    said.add(line);
    console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`);
  };
}
