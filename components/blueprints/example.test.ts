import { expect, it } from 'vitest';
import { toExample } from './example.ts';

it('takes title and description from the blueprint itself', () => {
  const text = '# Two web servers\n# behind a balancer.\nname: "Web"\nservices: []\n';
  expect(toExample('web', text)).toEqual({ id: 'web', title: 'Web', about: 'Two web servers behind a balancer.', text });
});

it('falls back to the file name', () => {
  expect(toExample('bare', 'services: []').title).toBe('bare');
});
