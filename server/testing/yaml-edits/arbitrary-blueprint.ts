import fc from 'fast-check';
import type { EditValue } from '../../domain/blueprint-edit/written-node.ts';

const values: fc.Arbitrary<EditValue> = fc.oneof(
  fc.constantFrom<EditValue>(
    '64m',
    'no',
    'two\nlines\n',
    5,
    true,
    null,
    '$brooklyn:component("a").config("x")',
    '$brooklyn:parent().attributeWhenReady("y")',
  ),
  fc.constant<EditValue>({ '$brooklyn:component("b").attributeWhenReady': 'main.uri' }),
  fc.array(fc.constantFrom<EditValue>('dmz', 'x', 1), { minLength: 1, maxLength: 3 }),
);
const config = fc.dictionary(fc.constantFrom('memory', 'network.list', 'networkId', 'env'), values, { minKeys: 1, maxKeys: 3 });

/** Blueprints as values, with all kinds of nodes in them. */
const { entity } = fc.letrec<{ entity: { [key: string]: EditValue } }>((tie) => {
  const adjuncts = fc.array(fc.record({ type: fc.constantFrom('p', 'q'), 'brooklyn.config': config }, { requiredKeys: ['type'] }), {
    minLength: 1,
    maxLength: 2,
  });
  const children = fc.array(tie('entity'), { minLength: 1, maxLength: 2, depthIdentifier: 'entity' });
  return {
    entity: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'entity' },
      fc.record({ type: fc.constantFrom('docker:nginx', 'mariadb') }),
      fc.record(
        {
          type: fc.constantFrom('docker:nginx', 'cluster'),
          id: fc.constantFrom('a', 'b', 'c'),
          name: fc.constantFrom('One', 'Two: three'),
          'brooklyn.config': config,
          'brooklyn.flags': config,
          env: values,
          'brooklyn.children': children,
          'brooklyn.policies': adjuncts,
          'brooklyn.enrichers': adjuncts,
          memberSpec: tie('entity').map((spec): EditValue => ({ '$brooklyn:entitySpec': spec })),
        },
        { requiredKeys: ['type'] },
      ),
    ),
  };
});
export const blueprints = fc.record(
  {
    name: fc.constant('x'),
    location: fc.constantFrom('lab', 'localhost'),
    'brooklyn.config': config,
    services: fc.array(entity, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['services'] },
);
