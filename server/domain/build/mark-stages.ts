/** On each image that a step of a build makes, with the plane as its value: what builds leave behind is told by it from what others left. */
export const BUILD_LABEL = 'io.clocker.build';

/**
 * The same Dockerfile with `label` written after each `FROM`: an engine puts the labels that it is given with a build on the last image alone, and
 * what a build that fails leaves has none. Values are quoted as Dockerfiles want it.
 */
export function markStages(dockerfile: string, value: string): string {
  const marked: string[] = [];
  let isWithin = false;
  let isFrom = false;
  for (const line of dockerfile.split('\n')) {
    marked.push(line);
    if (isWithin && COMMENT.test(line)) continue;
    if (!isWithin) isFrom = FROM.test(line);
    isWithin = CONTINUED.test(line);
    if (isFrom && !isWithin) {
      marked.push(`LABEL ${BUILD_LABEL}=${JSON.stringify(value)}`);
      isFrom = false;
    }
  }
  return marked.join('\n');
}

const FROM = /^\s*FROM\s/i;
const COMMENT = /^\s*#/;
const CONTINUED = /\\[ \t]*\r?$/;
