import { createLocalExec } from '../adapters/process/local-exec.ts';
import { describeError } from './client/describe-error.ts';
import { buildConsole } from './demo/build-console.ts';
import { createReport } from './demo/report.ts';

/** `npm run build`: the pages, unless they were built from these very sources. */
try {
  await buildConsole(createLocalExec(), createReport(Date.now()));
} catch (error) {
  console.error(describeError(error).message);
  process.exitCode = 1;
}
