import { expect, it } from 'vitest';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { canBeMain, nameProblem, otherFiles, renamed, toRequest, withFile, withMain, withOverlay, withoutFile } from './blueprint-files.ts';

const INPUT: BlueprintInput = {
  text: 'main',
  file: 'shop/compose.yaml',
  files: { '.env': 'A=b', 'prod.yaml': 'prod', 'db/db.yaml': 'db', '../shared.env': 'S=1' },
  binaryFiles: ['logo.png'],
  overlays: ['prod.yaml'],
};

it('lists what is merged first, then the rest by name', () => {
  expect(otherFiles(INPUT)).toEqual(['prod.yaml', '../shared.env', '.env', 'db/db.yaml', 'logo.png']);
});

it('forgets a file that is removed wherever it is named', () => {
  expect(withoutFile(INPUT, 'prod.yaml')).toMatchObject({ overlays: [], files: { '.env': 'A=b' } });
  expect(withoutFile(INPUT, 'logo.png').binaryFiles).toEqual([]);
});

it('keeps the order of merging when a file is renamed or replaced', () => {
  const two = withOverlay(withFile(INPUT, 'more.yaml', 'more'), 'more.yaml', true);
  expect(two.overlays).toEqual(['prod.yaml', 'more.yaml']);
  expect(renamed(two, 'prod.yaml', 'production.yaml')).toMatchObject({ overlays: ['production.yaml', 'more.yaml'] });
  expect(withFile(two, 'prod.yaml', 'new').overlays).toEqual(['prod.yaml', 'more.yaml']);
});

it('names the others from the folder of a new main file', () => {
  expect(withMain(INPUT, 'db/db.yaml')).toEqual({
    text: 'db',
    file: 'shop/db/db.yaml',
    files: { '../.env': 'A=b', '../prod.yaml': 'prod', '../compose.yaml': 'main', '../../shared.env': 'S=1' },
    binaryFiles: ['../logo.png'],
    overlays: ['../prod.yaml'],
  });
  expect([canBeMain(INPUT, '../shared.env'), canBeMain(INPUT, 'logo.png'), canBeMain(INPUT, 'prod.yaml')]).toEqual([false, false, true]);
});

it('says why a file cannot have a name', () => {
  const problems = ['', '/etc/passwd', 'prod.yaml', 'compose.yaml', '.env', 'config/.env'].map(
    (to) => nameProblem(INPUT, '.env', to) === null,
  );
  expect(problems).toEqual([false, false, false, false, true, true]);
});

it('sends what says something', () => {
  expect(toRequest({ text: 'a', files: {}, overlays: [], variables: { A: '1' } })).toEqual({ text: 'a', variables: { A: '1' } });
});
