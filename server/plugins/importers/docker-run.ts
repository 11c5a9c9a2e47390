import type { BlueprintImporter, ForeignBlueprint } from '../../domain/blueprint/blueprint-importer.ts';
import type { SourceMap } from '../../domain/blueprint/source-node.ts';
import { toCampApplication } from '../../domain/compose/to-camp-application.ts';
import { readRunCommands } from './docker-run/read-run-commands.ts';

/** `docker run …` as it is pasted from a terminal or a readme: each command becomes a service, in the words of Compose. */
export const plugin: BlueprintImporter = {
  id: 'docker-run',
  title: 'docker run',
  description: 'Commands of docker run, one or several.',
  reads: 'text',
  recognises: (text) => isCommand(text),
  toCamp: (read: ForeignBlueprint): SourceMap | null => {
    const context = readRunCommands(read.input, read.findings);
    return context && toCampApplication(context);
  },
};

/** The first line that is none of a comment, a blank or another command begins with docker. */
function isCommand(text: string): boolean {
  const lines = text.slice(0, 4000).split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return (
    first !== undefined &&
    /^\s*(?:[$>%]\s+)?(?:[A-Za-z_]\w*=\S*\s+)*(?:sudo\s+(?:-\w+\s+)*)?(?:\/[\w./-]*\/)?(?:docker|podman)\s+[a-z\\-]/.test(first)
  );
}
