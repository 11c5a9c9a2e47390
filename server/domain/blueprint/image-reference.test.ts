import { describe, expect, it } from 'vitest';
import { formatImageReference, parseImageReference } from './image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImageReference', () => {
  it.each([
    ['nginx', { registry: null, repository: 'nginx', tag: null, digest: null }],
    ['nginx:1.22-alpine', { registry: null, repository: 'nginx', tag: '1.22-alpine', digest: null }],
    ['grkvlt/myapp:latest', { registry: null, repository: 'grkvlt/myapp', tag: 'latest', digest: null }],
    ['localhost/app', { registry: 'localhost', repository: 'app', tag: null, digest: null }],
    ['host:5000/team/app:v1', { registry: 'host:5000', repository: 'team/app', tag: 'v1', digest: null }],
    ['[2001:db8::1]:5000/app', { registry: '[2001:db8::1]:5000', repository: 'app', tag: null, digest: null }],
    [`ghcr.io/a/b__c.d:1@${digest}`, { registry: 'ghcr.io', repository: 'a/b__c.d', tag: '1', digest }],
  ])('reads %s and writes it again', (text, reference) => {
    expect(parseImageReference(text)).toEqual({ ok: true, reference });
    expect(formatImageReference(reference)).toBe(text);
  });

  it.each([
    '',
    'Nginx',
    'a//b',
    '-v',
    'a b',
    'a:',
    'a:b:c',
    'a@sha256:12',
    `a@${digest}@${digest}`,
    'host:99999/a',
    '; rm -rf /',
    'a\nb',
    'a'.repeat(256),
  ])('refuses %j', (text) => {
    expect(parseImageReference(text).ok).toBe(false);
  });
});
