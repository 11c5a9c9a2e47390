import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** Fewer modules than this means that nothing was read (a TypeScript too new makes dependency-cruiser pass with 0 modules). */
const MODULES_AT_LEAST = 50;
const LINES_AT_MOST = 400;

const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs');
const roots = ['app', 'components', 'server', 'e2e', 'bench'];
const result = await cruise(roots, { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true }, undefined, {
  tsConfig: extractTSConfig('tsconfig.json'),
});
if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text where a result was expected');

const { modules, summary } = result.output;
const problems = summary.violations
  .filter((violation) => violation.rule.severity === 'error')
  .map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`);

if (modules.length < MODULES_AT_LEAST) problems.push(`only ${modules.length} modules were read: the check itself is broken`);
for (const { source } of modules) {
  if (!/^(app|components|server|e2e|bench)\/.*\.tsx?$/.test(source)) continue;
  const lines = readFileSync(source, 'utf8').split('\n').length - 1;
  if (lines > LINES_AT_MOST) problems.push(`file-length: ${source} has ${lines} lines, ${LINES_AT_MOST} at most`);
  if (/(^|\/)index\.tsx?$/.test(source)) problems.push(`no-barrels: ${source}`);
}
problems.push(...lockProblems());

for (const problem of problems) console.error(problem);
console.log(`${modules.length} modules, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** npm leaves optional packages that a mirror does not have out of the lock without a word; `npm ci` then refuses it. */
function lockProblems(): string[] {
  const lock: { packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  const names = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
  return Object.entries(lock.packages).flatMap(([path, entry]) => [
    ...(path === '' || !entry.optionalDependencies
      ? []
      : Object.keys(entry.optionalDependencies)
          .filter((name) => !names.has(name))
          .map((name) => `lock-file: ${path} wants ${name}, which is not locked`)),
    ...(entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/') ? [`lock-file: ${path} names a registry host`] : []),
  ]);
}
