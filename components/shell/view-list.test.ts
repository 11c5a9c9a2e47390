import { describe, expect, it } from 'vitest';
import { addView, parseViews } from './view-list.ts';

describe('saved views', () => {
  it('are kept by name, and one of the same name is replaced', () => {
    const views = addView(addView([], { name: 'web', href: '/activity?q=web' }), { name: 'all', href: '/activity' });
    expect(addView(views, { name: 'web', href: '/hosts' })).toEqual([
      { name: 'all', href: '/activity' },
      { name: 'web', href: '/hosts' },
    ]);
  });

  it('lead nowhere but into this console', () => {
    const stored = [
      { name: 'good', href: '/hosts?q=a' },
      { name: 'elsewhere', href: 'https://evil.example/' },
      { name: 'sly', href: '//evil.example/' },
      { name: 'slyer', href: '/\\evil.example/' },
      { name: 'script', href: 'javascript:alert(1)' },
      { name: 1, href: '/hosts' },
      null,
    ];
    expect(parseViews(JSON.stringify(stored)).map(({ name }) => name)).toEqual(['good']);
    expect([parseViews('{'), parseViews('{}'), parseViews(null)]).toEqual([[], [], []]);
  });
});
