import { expect, it } from 'vitest';
import { baseImages } from '../registry/base-images.ts';
import { markStages } from './mark-stages.ts';

const LABEL = 'LABEL io.clocker.build="p1"';

it.each([
  ['FROM a\nRUN b\n', `FROM a\n${LABEL}\nRUN b\n`],
  ['# from x\nfrom a as one\nFROM b\nCOPY --from=one / /', `# from x\nfrom a as one\n${LABEL}\nFROM b\n${LABEL}\nCOPY --from=one / /`],
  ['FROM \\\n# which\n a:1 \\\n AS x\nRUN y', `FROM \\\n# which\n a:1 \\\n AS x\n${LABEL}\nRUN y`],
  ['RUN echo \\\nFROM nowhere\n', 'RUN echo \\\nFROM nowhere\n'],
  ['FROM a \\\r\n AS b\r\nRUN c\r\n', `FROM a \\\r\n AS b\r\n${LABEL}\nRUN c\r\n`],
  ['FROM a', `FROM a\n${LABEL}`],
])('marks each stage of %j', (dockerfile, marked) => {
  expect(markStages(dockerfile, 'p1')).toBe(marked);
  expect(baseImages(marked)).toEqual(baseImages(dockerfile));
});
