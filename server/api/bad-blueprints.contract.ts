import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../domain/blueprint/diagnostic.ts';
import { BAD_BLUEPRINTS, BAD_CATALOGS } from '../testing/bad-blueprints/all-rows.ts';
import type { BadInput } from '../testing/bad-blueprints/bad-input.ts';
import { putSampleEstate, type SampleEstate } from '../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly diagnostics?: readonly Diagnostic[];
    readonly error?: { readonly code: string; readonly findings: readonly Diagnostic[] };
  };
}

let server: TestServer;
let own: SampleEstate;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  own = await putSampleEstate(server.services.engine.store, 'own');
  token = (await server.user('admin', [{ role: 'admin', scope: 'system' }])).token;
});

afterAll(async () => server?.stop());

async function post(path: string, body: unknown, method = 'POST'): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  expect(text).not.toMatch(/\\n\s+at |node_modules|\.ts:\d/);
  return { status: response.status, body: JSON.parse(text) };
}

const placed = (findings: readonly Diagnostic[] = []) => findings.map(({ code, line, column }) => `${code} ${line}:${column}`);
const named = (inputs: readonly BadInput[]) => inputs.map((input) => [`${input.format} with ${input.name}`, input] as const);

describe('a bad blueprint, sent to a server', () => {
  it.each(named(BAD_BLUEPRINTS))('in %s is told of with its place, and nothing comes of it', async (_, input) => {
    const { store } = server.services.engine;
    const before = store.revision;
    const wanted = `${input.code} ${input.line}:${input.column}`;
    const planned = await post('/plans', { text: input.text });
    expect(planned.status).toBe(200);
    expect(placed(planned.body.diagnostics)).toContain(wanted);
    if (input.severity === 'error') {
      const refused = await post('/applications', { text: input.text, location: 'cloud-own' });
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'blueprint.invalid']);
      expect(placed(refused.body.error?.findings)).toEqual(placed(planned.body.diagnostics));
    }
    expect(store.revision).toBe(before);
  });
});

describe('a Compose file that asks for power over its host', () => {
  const dangerous = BAD_BLUEPRINTS.filter(
    ({ code, format }) => (code === 'compose-dangerous' || code === 'host-access') && format === 'compose',
  );

  it.each(named(dangerous))('in %s is refused for an application that runs, as for a new one', async (_, input) => {
    const { store } = server.services.engine;
    const before = store.revision;
    const path = `/applications/${own.applicationId}/blueprint`;
    const refused = await post(path, { text: input.text, expectedGeneration: 1 }, 'PUT');
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'blueprint.invalid']);
    expect(placed(refused.body.error?.findings)).toContain(`${input.code} ${input.line}:${input.column}`);
    expect(store.revision).toBe(before);
  });
});

describe('a bad catalog, sent to a server', () => {
  it.each(named(BAD_CATALOGS))('in %s is told of with its place, and nothing is added', async (_, input) => {
    const { store } = server.services.engine;
    const before = store.revision;
    const checked = await post('/catalog/checks', { text: input.text });
    expect(placed(checked.body.diagnostics)).toContain(`${input.code} ${input.line}:${input.column}`);
    if (input.severity === 'error') {
      const refused = await post('/catalog', { text: input.text });
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'blueprint.invalid']);
      expect(placed(refused.body.error?.findings)).toEqual(placed(checked.body.diagnostics));
    }
    expect(store.revision).toBe(before);
  });
});
