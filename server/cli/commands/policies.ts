import type { Command } from 'commander';
import type { JsonObject } from '../../domain/shared/json.ts';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findEntity } from '../client/find.ts';
import { collectPairs, parseDuration } from '../client/options.ts';
import { toTable } from '../client/output.ts';

const ENTITY = 'name, APP/NAME or id';
const KEY = 'as `clocker policies` lists it';

export function policiesCommand(): Command {
  return listing()
    .addCommand(changing('suspend', 'have a policy look on and say what it would do', '--why <text>'))
    .addCommand(changing('resume', 'let a suspended policy act again'))
    .addCommand(changing('detach', 'take off what was attached to an entity as it runs'))
    .addCommand(setCommand())
    .addCommand(attachCommand())
    .addCommand(rehearseCommand());
}

function listing(): Command {
  return remoteCommand('policies', 'what works on an entity by itself (policies, enrichers, sensors), and what it says')
    .argument('<entity>', ENTITY)
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id: entityId } = await findEntity(api, reference);
        const adjuncts = await api.adjunct.list.query({ entityId });
        output.result(adjuncts, () =>
          adjuncts.length === 0
            ? ['Nothing looks after it. `clocker policies attach` has something do so.']
            : toTable(
                ['KEY', 'KIND', 'TITLE', 'STATE', 'SAYS'],
                adjuncts.map(({ key, kind, title, suspended, highlight }) => [
                  key,
                  kind,
                  title,
                  suspended ? 'suspended' : (highlight?.level ?? ''),
                  highlight?.text ?? '',
                ]),
              ),
        );
      }),
    );
}

function changing(verb: 'suspend' | 'resume' | 'detach', description: string, option?: string): Command {
  const command = remoteCommand(verb, description).argument('<entity>', ENTITY).argument('<key>', KEY);
  if (option !== undefined) command.option(option, 'shown to everybody who wonders');
  return command.action((reference: string, key: string, options: CommonOptions & { readonly why?: string }) =>
    withServer(options, async ({ api, output }) => {
      const { id: entityId, name } = await findEntity(api, reference);
      await api.adjunct[verb].mutate({ entityId, adjunct: key, ...(options.why === undefined ? {} : { why: options.why }) });
      output.result({ entityId, key }, () => [
        `${key} of ${name}: ${{ suspend: 'suspended', resume: 'acts again', detach: 'detached' }[verb]}`,
      ]);
    }),
  );
}

function setCommand(): Command {
  return remoteCommand('set', 'change config of a policy while it works; an empty value goes back to the blueprint')
    .argument('<entity>', ENTITY)
    .argument('<key>', KEY)
    .requiredOption('--config <key=value>', 'a value, as JSON or text; again for more', collectPairs)
    .action((reference: string, key: string, options: CommonOptions & { readonly config: Readonly<Record<string, string>> }) =>
      withServer(options, async ({ api, output }) => {
        const { id: entityId, name } = await findEntity(api, reference);
        await api.adjunct.configure.mutate({ entityId, adjunct: key, config: toConfig(options.config) });
        output.result({ entityId, key }, () => [`${key} of ${name} works with that`]);
      }),
    );
}

function attachCommand(): Command {
  return remoteCommand('attach', 'attach a policy, enricher or sensor to an entity as it runs')
    .argument('<entity>', ENTITY)
    .argument('<type>', 'as the catalog calls it: auto-scaler, AutoScalerPolicy …')
    .option('--key <key>', 'what it is called here (default: its type)')
    .option('--config <key=value>', 'a value, as JSON or text; again for more', collectPairs)
    .action(
      (
        reference: string,
        type: string,
        options: CommonOptions & { readonly key?: string; readonly config?: Readonly<Record<string, string>> },
      ) =>
        withServer(options, async ({ api, output }) => {
          const { id: entityId, name } = await findEntity(api, reference);
          const config = toConfig(options.config ?? {});
          const { key } = await api.adjunct.attach.mutate({
            entityId,
            type,
            config,
            ...(options.key === undefined ? {} : { key: options.key }),
          });
          output.result({ entityId, key }, () => [`${key} looks after ${name}`]);
        }),
    );
}

function rehearseCommand(): Command {
  return remoteCommand('rehearse', 'what a policy would have done with what was recorded')
    .argument('<entity>', ENTITY)
    .argument('<key>', KEY)
    .option('--since <time>', 'how far back, as 15m or 24h', parseDuration, 3_600_000)
    .option('--config <key=value>', 'in the place of what it is configured with; again for more', collectPairs)
    .action(
      (
        reference: string,
        key: string,
        options: CommonOptions & { readonly since: number; readonly config?: Readonly<Record<string, string>> },
      ) =>
        withServer(options, async ({ api, output }) => {
          const { id: entityId } = await findEntity(api, reference);
          const toMs = Date.now();
          const config = options.config === undefined ? {} : { config: toConfig(options.config) };
          const run = await api.adjunct.rehearse.query({ entityId, adjunct: key, fromMs: toMs - options.since, toMs, ...config });
          output.result(run, () => [
            `${run.acts.length} acts, ${run.turns} changes of direction, ${Math.round(run.frozenMs / 60_000)} min without a decision`,
            ...toTable(
              ['AT', 'FROM', 'TO', 'WHY'],
              run.acts.map(({ at, from, to, why }) => [new Date(at).toISOString(), String(from), String(to), why]),
            ),
          ]);
        }),
    );
}

/** JSON where it is such, else text; nothing is null. */
function toConfig(pairs: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(pairs).map(([key, text]): [string, JsonObject[string]] => {
      if (text === '') return [key, null];
      try {
        return [key, JSON.parse(text)];
      } catch {
        return [key, text];
      }
    }),
  );
}
