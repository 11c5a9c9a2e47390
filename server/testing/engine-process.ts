import { readFile } from 'node:fs/promises';
import { deployApplication } from '../engine/commands/deploy-application.ts';
import { createCredential } from '../engine/commands/hosts/create-credential.ts';
import { openEmptyWorld } from './empty-world.ts';

/*
 * An engine in a process of its own, to be killed: `node engine-process.ts HOME BLUEPRINT KEY`. Deploys once, and prints a line when all runs
 * and when what was deployed is deleted.
 */
const [home = '', blueprint = '', key = ''] = process.argv.slice(2);
const world = await openEmptyWorld({ env: process.env, home });
const { view } = world.store;
if (view.all('credential').size === 0)
  await createCredential(world.engine.context, { name: 'own', privateKey: await readFile(key, 'utf8') });
if (view.all('application').size === 0)
  await deployApplication(
    world.engine.context,
    { kind: 'user', by: 'ann' },
    { text: await readFile(blueprint, 'utf8'), idempotencyKey: 'once' },
  );
setInterval(() => {
  const all = [...view.all('entity').values()];
  if (all.length > 0 && all.every(({ actual }) => actual === 'RUNNING')) process.stdout.write('running\n');
}, 50);
