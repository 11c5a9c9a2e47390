import { ARCHIVE_LIMITS } from '../../domain/archive/archive.ts';
import type { DiagnosticCode } from '../../domain/blueprint/diagnostic-codes.ts';
import { makeZip, type ZipPart } from '../make-zip.ts';

/** An archive that is refused whole, with one finding at its beginning. */
export interface BadArchive {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: DiagnosticCode;
}

const MAIN: ZipPart = { name: 'main.yaml', content: 'services:\n- type: docker:nginx\n' };
const whole = makeZip([MAIN]);

const withEntry = (name: string, part: ZipPart): BadArchive => ({ name, bytes: makeZip([MAIN, part]), code: 'archive-unsafe' });
const made = (code: DiagnosticCode, name: string, bytes: Uint8Array): BadArchive => ({ code, name, bytes });

/** Archives that lead out, explode, lie or are none. */
export const BAD_ARCHIVES: readonly BadArchive[] = [
  withEntry('a path that climbs', { name: '../../etc/cron.d/x', content: '* * * * * root id' }),
  withEntry('a path that climbs behind a folder', { name: 'a/../../x' }),
  withEntry('an absolute path', { name: '/etc/passwd' }),
  withEntry('a path of Windows that climbs', { name: '..\\x' }),
  withEntry('a path of a drive', { name: 'C:\\x' }),
  withEntry('a path with NUL', { name: 'a\u0000.yaml' }),
  withEntry('a link that leads out', { name: 'link', content: '/etc', mode: 0o120777 }),
  withEntry('a FIFO', { name: 'fifo', mode: 0o010644 }),
  withEntry('a device', { name: 'device', mode: 0o020644 }),
  withEntry('a program that runs as another user', { name: 'sh', mode: 0o104755 }),
  withEntry('a file that is encrypted', { name: 'secret', flags: 1 }),
  withEntry('a file packed in a way that is not read', { name: 'a', method: 12 }),
  withEntry('the same name twice', { name: 'main.yaml', content: 'x' }),
  withEntry('a name that differs in case alone', { name: 'MAIN.yaml', content: 'x' }),
  made('archive-unsafe', 'names that differ in ß and ss alone', makeZip([MAIN, { name: 'straße' }, { name: 'STRASSE' }])),
  made('archive-unsafe', 'a file where a folder is needed', makeZip([MAIN, { name: 'a' }, { name: 'a/b' }])),
  made('archive-limit', 'too many entries', makeZip([MAIN, ...Array.from({ length: 5000 }, (_, n) => ({ name: `f${n}`, method: 0 }))])),
  made('archive-limit', 'a file of 4 GB', makeZip([MAIN, { name: 'sparse', size: 0xfffffff0 }])),
  made(
    'archive-limit',
    'many files of the largest size',
    makeZip([MAIN, ...Array.from({ length: 11 }, (_, n) => ({ name: `f${n}`, size: ARCHIVE_LIMITS.fileBytes }))]),
  ),
  made(
    'archive-unreadable',
    'a file that unpacks to more than it says',
    makeZip([MAIN, { name: 'bomb', content: new Uint8Array(8 * 1024 * 1024), size: 100 }]),
  ),
  made('archive-unreadable', 'a wrong checksum', makeZip([MAIN, { name: 'a', content: 'abc', crc: 1 }])),
  made('archive-unreadable', 'a name that is another inside', makeZip([MAIN, { name: 'a', content: 'abc', localName: 'b' }])),
  made('archive-unreadable', 'its end cut off', whole.subarray(0, whole.length - 5)),
  made('archive-unreadable', 'nothing in it', new Uint8Array(0)),
  made('archive-unreadable', 'a text for an archive', new TextEncoder().encode('services: []')),
  made('csar-entry', 'another archive alone', makeZip([{ name: 'inner.zip', content: whole }])),
  made('csar-entry', 'two blueprints', makeZip([MAIN, { name: 'other.yaml', content: 'services: []' }])),
];
