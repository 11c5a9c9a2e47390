import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { toTable } from '../client/output.ts';

export function artifactsCommand(): Command {
  return listing('artifacts', 'what builds and installs get from elsewhere: beginnings of URLs; list, set and remove them')
    .addCommand(listing('list', 'beginnings of URLs, and what is put in their place'))
    .addCommand(setCommand())
    .addCommand(removeCommand());
}

function listing(name: string, description: string): Command {
  return remoteCommand(name, description).action((options: CommonOptions) =>
    withServer(options, async ({ api, output }) => {
      const rules = await api.artifactRule.list.query();
      output.result(rules, () =>
        toTable(
          ['URLS', 'COME FROM', 'SET', 'BY'],
          rules.map(({ id, to, setAt, setBy }) => [id, to, new Date(setAt).toISOString(), setBy]),
        ),
      );
    }),
  );
}

function setCommand(): Command {
  return remoteCommand('set', 'have URLs that begin so come from elsewhere, from the next deploy or update of an application on')
    .argument('<from>', 'as they begin: https://repo1.maven.org/maven2/')
    .argument('<to>', 'put in its place: http://mirror.local/maven/, or file:maven/ in the folder of artifacts of the console')
    .action((from: string, to: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        await api.artifactRule.set.mutate({ from, to });
        output.result({ from, to }, () => [`${from} comes from ${to}`]);
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'forget a rule; what was built by it stays')
    .argument('<from>')
    .action((from: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        await api.artifactRule.remove.mutate({ from });
        output.result({ from }, () => [`Removed ${from}`]);
      }),
    );
}
