import type { ArtifactRule } from '../../domain/artifact/artifact-rule.ts';
import { answerList } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { onSystem } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'administer',
  scope: onSystem,
  input: nothing,
  summary: 'Beginnings of URLs, and what builds and installs get instead of them',
  rest: 'GET /artifact-rules',
})
  .output(answerList<ArtifactRule>('Rules by their beginning'))
  .query(({ ctx: { services } }) => [...services.engine.store.view.all('artifactRule').values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
