import { describe, expect, it } from 'vitest';
import { convertBlueprint } from '../../../domain/blueprint/convert-blueprint.ts';
import { planApplication } from '../../../domain/blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../../../domain/catalog/catalog.ts';
import type { EntitySpec } from '../../../domain/entity/entity-spec.ts';
import { planOf } from '../../../testing/blueprint-types.ts';
import { readComposeFixtures } from '../../../testing/compose-fixtures.ts';
import { loadPlugins } from '../../registry.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const fixtures = await readComposeFixtures();
const good = fixtures.filter(({ input }) => planApplication(input, library).ok);

/** What an export cannot say as it was: content of secrets, modes of copied files, and on which networks an alias holds. */
const OTHERWISE = ['docker.container.secrets', 'docker.container.files', 'docker.container.aliases', 'docker.container.networks'];

function withoutOtherwise(spec: EntitySpec): EntitySpec {
  const config = Object.fromEntries(Object.entries(spec.config).filter(([key]) => !OTHERWISE.includes(key)));
  return {
    ...spec,
    config,
    children: spec.children.map(withoutOtherwise),
    memberSpec: spec.memberSpec && withoutOtherwise(spec.memberSpec),
  };
}

describe.each(good.map((fixture) => [fixture.name, fixture.input] as const))('the Compose file %s', (_, input) => {
  // Folders that images are built from stay beside it.
  const files = input.files ?? {};
  const { root } = planOf(planApplication(input, library));

  it('becomes CAMP that gives the same plan', () => {
    const { text } = convertBlueprint(input, 'camp', library);
    expect(planOf(planApplication({ text: text ?? '', files }, library)).root).toEqual(root);
  });

  it('becomes Compose again that gives the same plan, as far as Compose can say it', () => {
    const { text } = convertBlueprint(input, 'compose', library);
    // Content of secrets is given in variables.
    const variables = Object.fromEntries([...(text ?? '').matchAll(/environment: ([A-Z0-9_]+)$/gm)].map(([, name]) => [name, 'x']));
    const again = planOf(planApplication({ text: text ?? '', variables, files }, library)).root;
    expect(withoutOtherwise(again)).toEqual(withoutOtherwise(root));
  });
});

it('there are fixtures to go round with', () => {
  expect(good.length).toBeGreaterThan(40);
});
