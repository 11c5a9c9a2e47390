import { runCli } from '../server/testing/run-cli.ts';
import { dockerLines, dockerOn, type LabHost, SENTINEL } from './support/lab-hosts.ts';
import { ensureSignedIn, expect, test, type World } from './support/story.ts';

test.describe.configure({ mode: 'serial' });

const IMAGE = 'busybox:1.35';
const ID = '{{.Id}} {{.State.StartedAt}}';

function first(world: World): LabHost {
  const [host] = world.lab.hosts;
  if (!host) throw new Error('no lab host');
  return host;
}

async function hostIdOf(world: World): Promise<string> {
  return (await world.api.host.list.query({})).find(({ name }) => name === first(world).name)?.id ?? '';
}

/** As `docker compose` starts it. */
async function runService(world: World, service: string, more: readonly string[], command: readonly string[]): Promise<void> {
  const labels = [
    ...['com.docker.compose.project=journal', `com.docker.compose.service=${service}`, 'com.docker.compose.container-number=1'],
    ...['com.docker.compose.oneoff=False', SENTINEL],
    ...(service === 'web' ? ['com.docker.compose.depends_on=db:service_started:false'] : []),
  ].flatMap((label) => ['--label', label]);
  const name = [
    '--name',
    `journal-${service}-1`,
    '--network',
    'journal_default',
    '--network-alias',
    service,
    '--restart',
    'unless-stopped',
  ];
  await dockerOn(first(world), 'run', '--detach', ...name, ...labels, ...more, IMAGE, ...command);
}

test('a Compose project that runs is adopted in the console: its containers run on as they are', async ({ page, world }) => {
  const host = first(world);
  await dockerOn(host, 'pull', '--quiet', IMAGE);
  await dockerOn(host, 'network', 'create', '--label', SENTINEL, 'journal_default');
  await dockerOn(host, 'volume', 'create', '--label', SENTINEL, 'journal_data');
  const serve = (folder: string) => ['sh', '-c', `mkdir -p ${folder}; hostname > ${folder}/index.html; exec httpd -f -p 80 -h ${folder}`];
  await runService(world, 'db', ['--volume', 'journal_data:/data', '--env', 'DB_PASSWORD=hunter-two'], serve('/data'));
  await runService(world, 'web', ['--publish', '8399:80'], serve('/www'));
  await dockerOn(host, 'run', '--detach', '--name', 'of-others', '--label', SENTINEL, IMAGE, 'sleep', '1000000');
  const names = ['journal-db-1', 'journal-web-1', 'of-others'];
  const before = await dockerOn(host, 'inspect', '--format', ID, ...names);

  await ensureSignedIn(page, world);
  await page.goto(`/hosts/${await hostIdOf(world)}`);
  const table = page.getByRole('table', { name: `Containers of others on ${host.name}` });
  await expect(table.getByRole('row', { name: /Compose project journal/ })).toBeVisible();
  await table.getByRole('button', { name: 'Adopt journal…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Containers' })).toContainText('journal-db-1');
  await expect(dialog).toContainText('external: journal_data');
  await expect(dialog).toContainText('***');
  await expect(dialog).not.toContainText('hunter-two');
  await page.screenshot({ path: 'test-results/adopt-dialog.png' });
  await dialog.getByRole('button', { name: 'Adopt 2 containers' }).click();
  await expect(page).toHaveURL(/\/applications\//);
  await expect(page.locator('main header').first()).toContainText('RUNNING', { timeout: 30_000 });
  await page.screenshot({ path: 'test-results/adopted-application.png' });
  expect(await dockerOn(host, 'inspect', '--format', ID, ...names)).toBe(before);

  await page.goto(`/hosts/${await hostIdOf(world)}`);
  await expect(table).toContainText('of-others');
  await expect(table).not.toContainText('journal');
});

test('it is updated, and deleted with what was adopted alone', async ({ page, world }) => {
  const host = first(world);
  const [application] = await world.api.application.list.query({});
  const applicationId = application?.id ?? '';
  const before = await dockerOn(host, 'inspect', '--format', ID, 'journal-db-1', 'of-others');
  const [generation] = await world.api.application.generations.query({ applicationId });
  const text = (generation?.text ?? '').replace('8399:80', '8398:80');
  await world.api.application.update.mutate({ applicationId, text, expectedGeneration: 1, hostAccess: true });
  const answers = () =>
    fetch(`http://${host.address}:8398/`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(answers, { timeout: 60_000 }).toBe(200);
  await expect.poll(async () => dockerLines(await dockerOn(host, 'ps', '--all', '--quiet')).length, { timeout: 30_000 }).toBe(3);
  expect(await dockerOn(host, 'inspect', '--format', ID, 'journal-db-1', 'of-others')).toBe(before);

  await ensureSignedIn(page, world);
  await page.goto(`/applications/${applicationId}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const asks = page.getByRole('alertdialog');
  await expect(asks).toContainText('1 adopted container is removed for good');
  await expect(asks).toContainText('journal-db-1');
  await asks.getByRole('button', { name: 'Delete journal' }).click();
  await expect.poll(async () => (await world.api.application.list.query({})).length, { timeout: 60_000 }).toBe(0);
  expect(dockerLines(await dockerOn(host, 'ps', '--all', '--format', '{{.Names}}'))).toEqual(['of-others']);
  expect(await dockerOn(host, 'inspect', '--format', ID, 'of-others')).toBe(before.split('\n')[1]);
  expect(dockerLines(await dockerOn(host, 'volume', 'ls', '--quiet', '--filter', 'name=journal_data'))).toEqual(['journal_data']);
  expect(dockerLines(await dockerOn(host, 'network', 'ls', '--format', '{{.Name}}', '--filter', 'name=journal_default'))).toHaveLength(1);
});

test('one container is adopted by command, and released in the console', async ({ page, world }) => {
  const host = first(world);
  const before = await dockerOn(host, 'inspect', '--format', ID, 'of-others');
  const env = { CLOCKER_URL: world.console.url, CLOCKER_TOKEN: world.console.localToken() };
  const adopt = (...more: string[]) => runCli(['hosts', 'adopt', host.name, '--container', 'of-others', ...more], { env });
  const dry = await adopt('--dry-run');
  expect(dry.stderr).toBe('');
  expect(dry.stdout).toContain('type: docker:busybox:1.35');
  expect((await world.api.application.list.query({})).length).toBe(0);
  const done = await adopt('--name', 'sleeper');
  expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('Adopted 1 from')]);
  const twice = await adopt('--name', 'other');
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('belongs to an application of Clocker already')]);

  await ensureSignedIn(page, world);
  const [application] = await world.api.application.list.query({});
  await page.goto(`/applications/${application?.id}`);
  await expect(page.locator('main header').first()).toContainText('RUNNING', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Release' }).click();
  const asks = page.getByRole('alertdialog');
  await expect(asks).toContainText('1 container runs on as it is');
  await asks.getByRole('button', { name: 'Release sleeper' }).click();
  await expect(page).toHaveURL(/\/applications$/);
  expect((await world.api.application.list.query({})).length).toBe(0);
  expect(await dockerOn(host, 'inspect', '--format', ID, 'of-others')).toBe(before);
  await dockerOn(host, 'rm', '--force', 'of-others');
});
