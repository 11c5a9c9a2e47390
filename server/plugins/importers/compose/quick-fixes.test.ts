import { describe, expect, it } from 'vitest';
import { openText } from '../../../domain/blueprint-edit/editable-text.ts';
import { performOperations } from '../../../domain/blueprint-edit/perform-operations.ts';
import { applyEdits } from '../../../domain/blueprint-edit/text-edit.ts';
import { createPlanner } from '../../../testing/blueprint-types.ts';

const plan = await createPlanner();

const TEXT = `# ours
services:
  web: {image: nginx, networks: [back], volumes: ["data:/data"]}
  db:  {image: redis, networks: [front]}
networks: {frond: {}}
`;

describe('what would mend a Compose file at a click', () => {
  const { diagnostics } = plan(TEXT);
  const fixes = new Map(diagnostics.map(({ path, fix }) => [path, fix]));

  it('is the nearest network where there is one', () => {
    expect(fixes.get('services.db.networks[0]')).toEqual({ title: 'Write frond', text: 'frond' });
  });

  it.each([
    ['services.web.networks[0]', 'Add the network back'],
    ['services.web.volumes[0]', 'Add the volume data'],
  ])('is the missing declaration, at %s', (path, title) => {
    const fix = fixes.get(path);
    expect(fix?.title).toBe(title);
    const opened = openText(TEXT);
    if (!opened.ok || fix?.add === undefined) throw new Error('nothing to add');
    const done = performOperations(opened.source, fix.title, [{ kind: 'set', ...fix.add }]);
    if (!done.ok) throw new Error(done.message);
    const mended = applyEdits(TEXT, done.transaction.edits);
    expect(mended.startsWith(TEXT.slice(0, TEXT.indexOf('networks: {frond')))).toBe(true);
    expect(plan(mended).diagnostics.map((finding) => finding.path)).not.toContain(path);
  });
});
