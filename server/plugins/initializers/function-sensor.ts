import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { expression, expressionText, FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { evaluateExpression } from '../../domain/expression/expression.ts';
import { coerce } from '../../domain/feed/coerce.ts';
import { feedPlan, namesOf, sensorsOf } from '../../domain/feed/feed-settings.ts';

const config = z.looseObject({
  ...FEED_CONFIG,
  function: optional(expression('sensors'), 'Function', 'An expression over its sensors, such as sensors["a"] + sensors["b"].'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s FunctionSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'function-sensor',
  title: 'Function sensor',
  description: 'Adds a sensor whose value an expression over the other sensors of the entity gives.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.function.FunctionSensor'),
  config,
  flags: {},
  planned: false,
  plannedKeys: { ...FEED_PLANNED, onlyIfServiceUp: 'use condition: sensors["service.isUp"]' },
  notHonoured: FEED_NOT_HONOURED,
  behaviour: {
    watches: ({ triggers }) => [{ of: 'entity', sensors: namesOf(triggers) }],
    decide(input) {
      const { config: value, now } = input;
      const text = expressionText(value.function);
      if (text === undefined) return { highlight: { level: 'frozen', text: 'It has no expression' } };
      const plan = feedPlan(value, { kind: 'tcp', host: '', port: 0 }, input);
      if ('waitingFor' in plan) return { highlight: { level: 'ok', text: `Waits for ${plan.waitingFor}` }, lookAgainAt: now + 5_000 };
      const lookAgainAt = now + (plan.periodMs ?? 0);
      const found = evaluateExpression(text, { sensors: sensorsOf(input) });
      if (!found.ok) return { highlight: { level: 'frozen', text: `Has no value: ${found.why}` }, lookAgainAt };
      const type = value.targetType ?? value.type;
      const coerced = coerce(found.value, type === undefined ? undefined : String(type));
      if (coerced === undefined) return { highlight: { level: 'failed', text: `Its value is no ${type}` }, lookAgainAt };
      return { publish: { [value.name]: coerced }, highlight: { level: 'ok', text: `Publishes ${value.name}` }, lookAgainAt };
    },
  },
};
