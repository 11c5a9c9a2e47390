// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Exported } from './export.ts';

const TEXT = `services:
  web:
    image: shop/web:\${TAG}
    env_file: web.env
    secrets: [key]
secrets:
  key:
    file: key.txt
`;
const PARTS = {
  file: 'shop/compose.yaml',
  files: {
    'web.env': 'MODE=fast\nDB_PASSWORD=of-the-file\n',
    'prod.yaml':
      'services:\n  web:\n    environment: {URL: "mysql://shop:${DB}@db/shop"}\n  cache:\n    image: redis:7\n    profiles: [cached]\n',
    'key.txt': 'of-the-key',
  },
  overlays: ['prod.yaml'],
  variables: { TAG: '1.2', DB: 'of-the-variable' },
  profiles: ['cached'],
};

let server: TestServer;
let token: string;
let applicationId: string;

beforeAll(async () => {
  server = await startTestServer();
  const { cloudId } = await putSampleEstate(server.services.engine.store, 'own');
  token = (await server.user('operator', [{ role: 'operator', scope: `cloud:${cloudId}` }])).token;
  const deployed = await call('/applications', { text: TEXT, ...PARTS });
  applicationId = String((deployed as { applicationId?: string }).applicationId);
});

afterAll(async () => server?.stop());

async function call(path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  return await (await fetch(`${server.url}/api/v1${path}`, request)).json();
}

const exported = async (as: string) => (await call(`/applications/${applicationId}/export?as=${as}`)) as Exported;

describe('the export of an application of several files', () => {
  for (const as of ['camp', 'compose'])
    it(`as ${as} is what was deployed, merged, without its secrets`, async () => {
      const { text, diagnostics } = await exported(as);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      for (const shown of ['shop/web:1.2', 'MODE: fast', 'redis:7', 'mysql://shop:***@db/shop']) expect(text).toContain(shown);
      expect(text).not.toMatch(/of-the-(?:file|key|variable)/);
    });
});

describe('a conversion of several files', () => {
  it('reads them as a deploy would', async () => {
    const { text } = (await call('/conversions', { text: TEXT, ...PARTS, as: 'camp' })) as Exported;
    for (const shown of ['shop/web:1.2', 'MODE: fast', 'redis:7', 'mysql://shop:of-the-variable@db/shop']) expect(text).toContain(shown);
  });
});
