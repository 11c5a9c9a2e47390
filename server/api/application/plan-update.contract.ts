// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { PlanAnswer } from './plan.ts';

const TEXT = 'services:\n  web:\n    image: shop/web:${TAG}\n    env_file: web.env\n    environment: {DB_PASSWORD: of-the-text}\n';
const PARTS = {
  file: 'shop/compose.yaml',
  files: { 'web.env': 'MODE=fast\nAPI_TOKEN=of-the-file\n', 'more.yaml': 'services:\n  cache:\n    image: redis:7\n' },
  variables: { TAG: '1.2' },
};

let server: TestServer;
let operator: string;
let viewer: string;
let applicationId: string;

beforeAll(async () => {
  server = await startTestServer();
  const { cloudId } = await putSampleEstate(server.services.engine.store, 'own');
  operator = (await server.user('operator', [{ role: 'operator', scope: `cloud:${cloudId}` }])).token;
  viewer = (await server.user('viewer', [{ role: 'viewer', scope: `cloud:${cloudId}` }])).token;
  const { answer } = await post('/applications', { text: TEXT, ...PARTS }, operator);
  applicationId = String(answer.applicationId);
});

afterAll(async () => server?.stop());

async function post(path: string, body: object, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const planned = (body: object, token = operator) => post(`/applications/${applicationId}/plans`, body, token);

describe('the plan of an update', () => {
  it('is read with the files that are there, as they are not given, and with secrets that come back masked', async () => {
    const { answer } = await planned({ text: TEXT.replace('of-the-text', '"***"') });
    const { plan, diagnostics } = answer as unknown as PlanAnswer;
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan?.root.children[0]?.config['docker.container.environment']).toEqual({ MODE: 'fast', API_TOKEN: '***', DB_PASSWORD: '***' });
  });

  it('takes other files, of which those that read *** stay as they are', async () => {
    const files = { 'web.env': '***', 'more.yaml': '***' };
    const { answer } = await planned({ text: TEXT, ...PARTS, files, overlays: ['more.yaml'], variables: { TAG: '2' } });
    const { plan } = answer as unknown as PlanAnswer;
    expect(plan?.root.children.map(({ config }) => config['docker.image.name'])).toEqual(['shop/web:2', 'redis:7']);
    expect(JSON.stringify(answer)).not.toMatch(/of-the-/);
  });

  it('tells what it would do to what runs, and where what is new would go', async () => {
    const { answer } = await planned({ text: `${TEXT}  cache:\n    image: redis:7\n` });
    const { changes, placement } = answer as unknown as PlanAnswer;
    expect(changes).toEqual([{ effect: 'added', entityId: null, name: 'cache', path: 'cache' }]);
    expect(placement?.map(({ name, path }) => ({ name, path }))).toEqual([{ name: 'cache', path: 'cache' }]);
    expect((await planned({ text: TEXT })).answer).toMatchObject({ changes: [], placement: [] });
  });

  it('refuses a mask that stands for nothing, and who may not update', async () => {
    expect((await planned({ text: TEXT, files: { 'other.env': '***' } })).status).toBe(400);
    expect((await planned({ text: TEXT }, viewer)).status).toBe(403);
  });
});
