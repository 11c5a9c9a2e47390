import { describe, expect, it } from 'vitest';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { isCompose, type OpenedFile, openFiles } from './open-files.ts';

const BLANK: BlueprintInput = { text: '' };
const compose = (image: string) => `services:\n  web:\n    image: ${image}\n`;
const files = (texts: Readonly<Record<string, string | null>>): readonly OpenedFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }));

describe('opening files', () => {
  it('takes the one that Compose would read as the main one, and merges the others over it', () => {
    const texts = { 'compose.prod.yaml': compose('b'), 'compose.yaml': compose('a'), 'compose.override.yaml': compose('c') };
    expect(openFiles(BLANK, files(texts))).toEqual({
      text: compose('a'),
      file: 'compose.yaml',
      files: { 'compose.prod.yaml': compose('b'), 'compose.override.yaml': compose('c') },
      binaryFiles: [],
      overlays: ['compose.override.yaml', 'compose.prod.yaml'],
    });
  });

  it('merges no file that another one names', () => {
    const text = `services:\n  web:\n    extends: {file: base.yaml, service: web}\n`;
    const opened = openFiles(BLANK, files({ 'compose.yaml': text, 'base.yaml': compose('a') }));
    expect(opened).toMatchObject({ file: 'compose.yaml', files: { 'base.yaml': compose('a') } });
    expect(opened.overlays).toBeUndefined();
  });

  it('puts a file that came without its folder where the blueprint looks for it', () => {
    const text = `${compose('a')}    env_file: ./env/web.env\n    volumes: ["./app.conf:/etc/app.conf"]\n`;
    const opened = openFiles(BLANK, files({ 'compose.yaml': text, 'web.env': 'A=b', 'app.conf': 'x' }));
    expect(Object.keys(opened.files ?? {}).sort()).toEqual(['app.conf', 'env/web.env']);
  });

  it('names the files of a folder from the main one, and knows images', () => {
    const opened = openFiles(
      BLANK,
      files({
        'shop/deploy/app.yaml': 'name: x\nservices:\n- type: docker:a\n',
        'shop/README.md': '# services:',
        'shop/deploy/logo.png': null,
      }),
    );
    expect(opened).toMatchObject({ file: 'shop/deploy/app.yaml', files: { '../README.md': '# services:' }, binaryFiles: ['logo.png'] });
  });

  it('prefers what looks like a blueprint to other YAML, and a file of commands to none', () => {
    const main = (texts: Readonly<Record<string, string>>) => openFiles(BLANK, files(texts)).file;
    expect(main({ 'a.yaml': 'key: 1', 'z.yaml': 'services:\n- type: docker:a\n' })).toBe('z.yaml');
    expect(main({ 'notes.txt': 'hello', 'run.sh': 'docker run nginx' })).toBe('run.sh');
    expect(main({ '.env': 'A=b', 'template.yaml': 'topology_template: {}' })).toBe('template.yaml');
  });

  it('leaves what is written alone: files come beside it, and take the place of their namesakes', () => {
    const input: BlueprintInput = { text: compose('a'), file: 'compose.yaml', files: { '.env': 'A=1' } };
    const opened = openFiles(input, files({ '.env': 'A=2', 'compose.prod.yaml': compose('b') }));
    expect(opened).toMatchObject({ text: compose('a'), files: { '.env': 'A=2' }, overlays: ['compose.prod.yaml'] });
    expect(openFiles(input, files({ 'compose.yaml': compose('c') })).text).toBe(compose('c'));
  });
});

it('knows Compose from CAMP by its map of services', () => {
  expect(['services:\n  web:\n    image: a', 'x: 1\nservices: # all\n\n  # one\n  "web": {}'].map(isCompose)).toEqual([true, true]);
  expect(['services:\n- type: a', 'services:\n  - type: a', 'services: {}', 'a: 1'].map(isCompose)).toEqual([false, false, false, false]);
});
