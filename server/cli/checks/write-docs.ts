import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withDiagnosticTable } from '../../domain/blueprint/diagnostic-table.ts';
import { withOutcomes } from './conformance-page.ts';
import { corpusOutcomes } from './corpus-outcomes.ts';

const docs = new URL('../../../docs/', import.meta.url);
const diagnostics = new URL('diagnostics.md', docs);
await writeFile(diagnostics, withDiagnosticTable(await readFile(diagnostics, 'utf8')));

const conformance = new URL('design/conformance.md', docs);
const corpus = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
if (existsSync(corpus)) await writeFile(conformance, withOutcomes(await readFile(conformance, 'utf8'), await corpusOutcomes(corpus)));
else process.stderr.write('docs/design/conformance.md is left as it is: the corpus of blueprints, ../shared/corpus, is not there.\n');
