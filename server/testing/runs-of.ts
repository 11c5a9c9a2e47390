/** How often a property is tried: a third of the times in `npm run check` and `npm test`, all of them in `npm run test:full`. */
export function runsOf(times: number): number {
  return process.env.CLOCKER_TEST_FULL === '1' ? times : Math.ceil(times / 3);
}
