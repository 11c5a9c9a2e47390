import { expect, it } from 'vitest';
import { splitCommands } from './split-commands.ts';

const wordsOf = (text: string) => splitCommands(text, (part) => part).commands.map((words) => words.map((word) => word.text));

it('ends words at any white space, also at what pages put between them', () => {
  expect(wordsOf('docker\u00a0run -d\u3000\ufeffnginx\v')).toEqual([['docker', 'run', '-d', 'nginx']]);
});

it('begins a command after each line end and semicolon', () => {
  expect(wordsOf('docker run a\n\u00a0\ndocker run b; docker run c')).toEqual([
    ['docker', 'run', 'a'],
    ['docker', 'run', 'b'],
    ['docker', 'run', 'c'],
  ]);
});
