import { expect, it } from 'vitest';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { Secret } from '../../domain/shared/secret.ts';
import { createLog } from './create-log.ts';

function logged(pretty = false) {
  const lines: string[] = [];
  return { log: createLog({ level: 'info', pretty, write: (line) => lines.push(line) }), lines };
}

it('writes one JSON object a line with the fields of its parents', () => {
  const { log, lines } = logged();
  log.child({ hostId: 'h1' }).info('container started', { durationMs: 12 });
  log.debug('not shown');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'container started', hostId: 'h1', durationMs: 12 });
});

it('cannot be made to begin a line of its own by a field', () => {
  const { log, lines } = logged();
  log.warn('odd name', { name: 'a\n{"level":"error"}\u001b[31m' });
  expect(lines.join('').trim().split('\n')).toHaveLength(1);
});

it('shows no secret, by name or by shape, however deep', () => {
  const secrets = ['hunter22', 'ck_local_bcd-fghijklmnopqrstuvwxyz012345', 'postpass', 'MIIEabc', 'wrapped', 'sealed-text'];
  for (const pretty of [true, false]) {
    const { log, lines } = logged(pretty);
    log.error('refused', {
      password: secrets[0],
      request: { headers: { authorization: `Bearer ${secrets[1]}`, cookie: secrets[0] }, list: [{ apiKey: secrets[0] }] },
      database: `postgres://clocker:${secrets[2]}@db/clocker`,
      error: new ClockerError('internal', {
        message: `token ${secrets[1]}`,
        cause: new Error(`-----BEGIN RSA PRIVATE KEY-----\n${secrets[3]}`),
      }),
      wrapped: new Secret('wrapped'),
      credential: { id: 'c', sealed: secrets[5] },
    });
    const text = lines.join('').replaceAll('"wrapped":', '');
    for (const secret of secrets) expect(text, `${secret} in ${text}`).not.toContain(`${secret}${secret === 'wrapped' ? '"}' : ''}`);
    expect(text).toContain('***');
  }
});

it('keeps ids and counts of things whose name sounds secret', () => {
  const { log, lines } = logged();
  log.info('token revoked', { tokenId: 't1', credentialId: 'c1', tokens: 3 });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tokenId: 't1', credentialId: 'c1', tokens: 3 });
});

it('survives a field that refers to itself', () => {
  const { log, lines } = logged();
  const field: { self?: unknown } = {};
  field.self = field;
  log.info('round', { field });
  expect(lines[0]).toContain('[deep]');
});
