// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { describe, expect, it } from 'vitest';
import { maskBlueprint, restoreSecrets } from './mask-blueprint.ts';
import { maskInput } from './mask-input.ts';
import { maskValue } from './mask-value.ts';

const BLUEPRINT = `# shop
name: shop   # its name
services:
- type: mysql
  id: db
  brooklyn.config:
    root.password: "hunter 2"   # change me
    environment: { MYSQL_PASSWORD: s3cret, MYSQL_USER: shop }
    args: ["API_TOKEN=abc", "MODE=fast"]
    url: mysql://shop:pw@db:3306/shop
- type: web
  id: web
  brooklyn.config:
    password: $brooklyn:entity("db").attributeWhenReady("password")
`;

describe('masking of values', () => {
  it('hides what stands under a secret name, with all it holds', () => {
    expect(maskValue({ dbPassword: 'x', apiKey: ['a', 'b'], keystore: 'kept', secretFiles: { a: 'b' } })).toEqual({
      dbPassword: '***',
      apiKey: ['***', '***'],
      keystore: 'kept',
      secretFiles: { a: '***' },
    });
  });

  it('hides name and value pairs, assignments and passwords in addresses', () => {
    expect(maskValue([{ name: 'API_TOKEN', value: 'x' }, '--password=x', 'mysql://u:p@h/d', 'plain'])).toEqual([
      { name: 'API_TOKEN', value: '***' },
      '--password=***',
      'mysql://u:***@h/d',
      'plain',
    ]);
  });

  it('hides keys that an entity type declares secret', () => {
    expect(maskValue({ 'admin.pass': 'x', mode: 'y' }, new Set(['admin.pass']))).toEqual({ 'admin.pass': '***', mode: 'y' });
  });

  it('returns the very value when nothing in it is secret', () => {
    const value = { a: [1, 'b', { c: null }] };
    expect(maskValue(value)).toBe(value);
  });

  it('records a blueprint by its length only', () => {
    expect(maskInput({ text: 'abc', password: 'x', name: 'y' })).toEqual({ text: '3 characters', password: '***', name: 'y' });
  });
});

describe('masking of blueprints', () => {
  it('replaces secret values and nothing else', () => {
    const masked = maskBlueprint(BLUEPRINT);
    expect(masked).not.toMatch(/hunter|s3cret|abc|:pw@/);
    expect(masked).toContain('root.password: "***"   # change me');
    expect(masked).toContain('MYSQL_USER: shop');
    expect(masked).toContain('password: $brooklyn:entity("db")');
    expect(masked.split('\n')).toHaveLength(BLUEPRINT.split('\n').length);
  });

  it('gives the text back when masked values come back unchanged', () => {
    expect(restoreSecrets(maskBlueprint(BLUEPRINT), BLUEPRINT)).toEqual({ text: BLUEPRINT, missing: [] });
  });

  it('finds a secret by the id of its service after services moved', () => {
    const moved = maskBlueprint(BLUEPRINT).replace('services:\n', 'services:\n- type: cache\n  id: cache\n');
    const restored = restoreSecrets(moved, BLUEPRINT);
    expect(restored.missing).toEqual([]);
    expect(restored.text).toContain('root.password: "hunter 2"');
  });

  it('names masked values for which there is no secret', () => {
    const restored = restoreSecrets('services:\n- id: new\n  password: "***"\n', BLUEPRINT);
    expect(restored.missing).toEqual(['services/[new]/password']);
  });

  it('hides secrets in commands of docker, and gives them back', () => {
    const command = `docker run -e DB_PASSWORD=s3cret -e 'API_TOKEN=two' --env MODE=fast \\\n  -e URL=mysql://u:hidden@db/x nginx`;
    const masked = maskBlueprint(command);
    expect(masked).not.toMatch(/s3cret|two|hidden/);
    expect(masked).toContain('MODE=fast');
    expect(restoreSecrets(masked, command)).toEqual({ text: command, missing: [] });
  });

  it('hides secrets in Compose files, in both forms of their environment', () => {
    const file =
      'services:\n  db:\n    environment:\n      - DB_PASSWORD=s3cret\n  web:\n    environment: {API_TOKEN: hidden, MODE: fast}\n';
    const masked = maskBlueprint(file);
    expect(masked).not.toMatch(/s3cret|hidden/);
    expect(masked).toContain('MODE: fast');
    expect(restoreSecrets(masked, file)).toEqual({ text: file, missing: [] });
  });

  it('shows variables, which hold no secret themselves, and hides their defaults', () => {
    const file = 'services:\n  db:\n    environment: {DB_PASSWORD: "${DB_PASSWORD}", URL: "mysql://u:${DB_PASSWORD}@db/x"}\n';
    expect(maskBlueprint(file)).toBe(file);
    const withDefault = maskBlueprint(file.replaceAll('${DB_PASSWORD}', '${DB_PASSWORD:-hidden}'));
    expect(withDefault).not.toContain('hidden');
    expect(maskBlueprint('- DB_PASSWORD=${DB_PASSWORD}')).toBe('- DB_PASSWORD=${DB_PASSWORD}');
    expect(maskBlueprint('- DB_PASSWORD=${DB_PASSWORD}x')).toBe('- "DB_PASSWORD=***"');
    expect(maskBlueprint('password: $ecret')).toBe('password: "***"');
    expect(maskBlueprint('docker run -e DB_PASSWORD=${DB_PASSWORD} nginx')).toBe('docker run -e DB_PASSWORD=${DB_PASSWORD} nginx');
  });

  it('leaves text that is not YAML as it is', () => {
    expect(maskBlueprint('{ password: [')).toBe('{ password: [');
  });
});

describe('a text that nobody has looked at yet', () => {
  const deep = `a: "***"\nb: ${'['.repeat(3000)}${']'.repeat(3000)}`;

  it('is not parsed when it has nothing to be put back', () => {
    const text = deep.replace('***', 'x');
    expect(restoreSecrets(text, BLUEPRINT)).toEqual({ text, missing: [] });
  });

  it('is refused with what is wrong with it where it cannot be parsed safely', () => {
    expect(restoreSecrets(deep, BLUEPRINT).unreadable).toMatchObject([{ code: 'too-deep', line: 2, column: 68 }]);
    expect(restoreSecrets('a: "***"\n\u0000', BLUEPRINT).unreadable).toMatchObject([{ code: 'encoding', line: 2 }]);
  });

  it('may hold anything that looks like the beginning of an address', () => {
    const value = 'a.'.repeat(200_000);
    expect(maskValue({ note: value, at: `${value} mysql://u:p@h` })).toEqual({ note: value, at: `${value} mysql://u:***@h` });
  });
});
