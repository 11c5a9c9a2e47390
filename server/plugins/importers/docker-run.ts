import type { BlueprintImporter, ForeignBlueprint } from '../../domain/blueprint/blueprint-importer.ts';
import type { SourceMap } from '../../domain/blueprint/source-node.ts';
import { isRunCommand } from '../../domain/compose/is-run-command.ts';
import { toCampApplication } from '../../domain/compose/to-camp-application.ts';
import { readRunCommands } from './docker-run/read-run-commands.ts';

/** `docker run …` as it is pasted from a terminal or a readme: each command becomes a service, in the words of Compose. */
export const plugin: BlueprintImporter = {
  id: 'docker-run',
  title: 'docker run',
  description: 'Commands of docker run, one or several.',
  reads: 'text',
  recognises: (text) => isRunCommand(text),
  toCamp: (read: ForeignBlueprint): SourceMap | null => {
    const context = readRunCommands(read.input, read.findings);
    return context && toCampApplication(context);
  },
};
