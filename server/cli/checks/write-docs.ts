import { readFile, writeFile } from 'node:fs/promises';
import { withDiagnosticTable } from '../../domain/blueprint/diagnostic-table.ts';

const file = new URL('../../../docs/diagnostics.md', import.meta.url);
await writeFile(file, withDiagnosticTable(await readFile(file, 'utf8')));
