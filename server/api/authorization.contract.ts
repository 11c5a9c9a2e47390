import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callProcedure } from '../testing/api-caller.ts';
import { sampleInput } from '../testing/sample-input.ts';
import { putSampleEstate, type SampleEstate } from '../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { type ListedProcedure, listProcedures } from './list-procedures.ts';

const RANK = { read: 1, operate: 2, terminal: 2, administer: 3, 'host-terminal': 3 } as const;
const CALLERS = ['anonymous', 'revoked', 'viewer', 'operator', 'admin', 'stranger'] as const;
type Caller = (typeof CALLERS)[number];
const STRENGTH: Readonly<Record<Caller, number>> = { anonymous: 0, revoked: 0, viewer: 1, operator: 2, admin: 3, stranger: 2 };

let server: TestServer;
let shown: SampleEstate;
let tokens: Readonly<Record<Caller, string | null>>;

beforeAll(async () => {
  server = await startTestServer();
  const { store } = server.services.engine;
  shown = await putSampleEstate(store, 'shown');
  const other = await putSampleEstate(store, 'other');
  const revoked = await server.user('revoked', [{ role: 'admin', scope: 'system' }]);
  await server.services.auth.revokeToken(revoked.userId, revoked.tokenId);
  tokens = {
    anonymous: null,
    revoked: revoked.token,
    viewer: (await server.user('viewer', [{ role: 'viewer', scope: 'system' }])).token,
    operator: (await server.user('operator', [{ role: 'operator', scope: 'system' }])).token,
    admin: (await server.user('admin', [{ role: 'admin', scope: 'system' }])).token,
    stranger: (await server.user('stranger', [{ role: 'operator', scope: `application:${other.applicationId}` }])).token,
  };
});

afterAll(async () => server?.stop());

/** What a caller must get for things that exist; `pass` is anything but a refusal. */
function expected({ meta: { access } }: ListedProcedure, caller: Caller): 'pass' | 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' {
  if (access.permission === 'public') return 'pass';
  if (STRENGTH[caller] === 0) return 'UNAUTHORIZED';
  if (access.permission === 'signed-in') return 'pass';
  if (STRENGTH[caller] < RANK[access.permission]) return 'FORBIDDEN';
  if (caller !== 'stranger' || access.scope === 'anywhere') return 'pass';
  return access.scope === 'system' ? 'FORBIDDEN' : 'NOT_FOUND';
}

function known(ids: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return {
    ...ids,
    subjectId: ids.entityId,
    kinds: ['application'],
    hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` },
    address: '127.0.0.1',
    bindings: [{ role: 'viewer', scope: 'system' }],
    scope: 'system',
    text: 'services:\n- type: application\n',
    name: 'sample',
    choice: 'wait',
    adjunct: 'scaler',
    id: 'docker-container',
    containerIds: ['a'.repeat(64)],
  };
}

/** Reads that are answered by a host; there is none here. */
const ASKS_A_HOST: ReadonlySet<string> = new Set(['host.adoptionPlan', 'host.foreign', 'host.images']);

const GONE = Object.fromEntries(
  ['cloudId', 'hostId', 'applicationId', 'entityId', 'instanceId', 'taskId', 'userId', 'tokenId', 'credentialId', 'snapshotId'].map(
    (key) => [key, '01ZZZZZZZZZZZZZZZZZZZZZZZZ'],
  ),
);

describe.each(CALLERS)('a caller who is %s', (caller) => {
  it.each(listProcedures().map((procedure) => [procedure.path, procedure] as const))(
    'is answered by %s as its declaration says',
    async (_path, procedure) => {
      const verdict = expected(procedure, caller);
      const token = tokens[caller];
      const { store } = server.services.engine;
      const before = store.revision;
      const onShown = { token, input: sampleInput(procedure.input, known({ ...GONE, ...shown })) };
      const onGone = { token, input: sampleInput(procedure.input, known(GONE)) };
      if (verdict === 'pass') {
        const { code } = await callProcedure(server.url, procedure, procedure.type === 'mutation' ? onGone : onShown);
        if (procedure.path !== 'setup.createAdmin') expect(['UNAUTHORIZED', 'FORBIDDEN']).not.toContain(code);
        if (procedure.type !== 'mutation' && caller === 'admin') expect(code).toBe(ASKS_A_HOST.has(procedure.path) ? 'BAD_GATEWAY' : 'ok');
        return;
      }
      const refused = await callProcedure(server.url, procedure, onShown);
      expect(refused.code).toBe(verdict);
      if (verdict === 'NOT_FOUND') expect((await callProcedure(server.url, procedure, onGone)).text).toBe(refused.text);
      if (verdict !== 'NOT_FOUND')
        expect((await callProcedure(server.url, procedure, { token, input: { nonsense: true } })).code).toBe(verdict);
      if (verdict === 'UNAUTHORIZED') expect((await callProcedure(server.url, procedure, { token })).code).toBe(verdict);
      expect(store.revision).toBe(before);
      // Refusals of anonymous callers are recorded up to a number a minute, see bounded-audit.test.ts.
      if (procedure.type === 'mutation' && verdict !== 'UNAUTHORIZED') {
        const [entry] = await server.services.audit.list({ before: null, limit: 1 });
        expect(entry).toMatchObject({ action: procedure.path, outcome: 'denied' });
      }
    },
  );
});

describe('the same procedures as REST', () => {
  const rest = listProcedures().filter(({ meta }) => meta.openapi);

  it.each(rest.map((procedure) => [procedure.path, procedure] as const))(
    'refuses anonymous callers of %s, broken body or not',
    async (_path, { meta }) => {
      if (meta.access.permission === 'public' || !meta.openapi) return;
      const address = `${server.url}/api/v1${meta.openapi.path.replace(/\{\w+\}/g, 'X')}`;
      const { method } = meta.openapi;
      const response = await fetch(address, {
        method,
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{', headers: { 'content-type': 'application/json' } }),
      });
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([401, 'auth.unauthenticated']);
    },
  );
});
