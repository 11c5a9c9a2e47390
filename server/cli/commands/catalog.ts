import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { toTable } from '../client/output.ts';
import { readBlueprint } from '../client/read-blueprint.ts';

export function catalogCommand(): Command {
  return remoteCommand('catalog', 'types that people added; add, show, deprecate, disable and remove them')
    .action((options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const items = await api.catalog.list.query();
        output.result(items, () =>
          toTable(
            ['NAME', 'VERSION', 'KIND', 'STATE', 'TITLE'],
            items.map((item) => [item.symbolicName, item.version, item.itemType, stateOf(item), item.name]),
          ),
        );
      }),
    )
    .addCommand(addCommand())
    .addCommand(showCommand())
    .addCommand(changeCommand('deprecate', 'still usable, with a warning', (undo) => ({ deprecated: !undo })))
    .addCommand(changeCommand('disable', 'not usable in new deployments', (undo) => ({ disabled: !undo })))
    .addCommand(removeCommand());
}

function stateOf({ deprecated, disabled }: { readonly deprecated: boolean; readonly disabled: boolean }): string {
  return disabled ? 'disabled' : deprecated ? 'deprecated' : '';
}

function addCommand(): Command {
  return remoteCommand('add', 'add all items of a file with brooklyn.catalog, or none')
    .argument('<file>', 'YAML; - reads standard input')
    .action((file: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const added = await api.catalog.add.mutate({ text: await readBlueprint(file) });
        output.result(added, () => added.map(({ id }) => `Added ${id}`));
      }),
    );
}

function showCommand(): Command {
  return remoteCommand('show', 'the YAML of an item')
    .argument('<item>', 'name:version')
    .action((id: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const item = (await api.catalog.list.query()).find((one) => one.id === id);
        if (item === undefined) throw new ClockerError('not-found', { message: `There is no ${id} in the catalog` });
        output.result(item, () => item.text.trimEnd().split('\n'));
      }),
    );
}

function changeCommand(
  name: string,
  description: string,
  change: (undo: boolean) => { readonly deprecated?: boolean; readonly disabled?: boolean },
): Command {
  return remoteCommand(name, description)
    .argument('<item>', 'name:version')
    .option('--undo', 'take it back')
    .action((id: string, options: CommonOptions & { readonly undo?: boolean }) =>
      withServer(options, async ({ api, output }) => {
        const item = await api.catalog.change.mutate({ id, ...change(options.undo ?? false) });
        output.result(item, () => [`${id}: ${stateOf(item) || 'in use'}`]);
      }),
    );
}

function removeCommand(): Command {
  return remoteCommand('remove', 'remove a version; applications made from it keep what they have')
    .argument('<item>', 'name:version')
    .action((id: string, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        await api.catalog.remove.mutate({ id });
        output.result({ id }, () => [`Removed ${id}`]);
      }),
    );
}
