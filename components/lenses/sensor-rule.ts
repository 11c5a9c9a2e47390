export type RuleOperator = '>' | '>=' | '<' | '<=' | '=' | '!=';

/** `cpu > 0.8`: which readings are to stand out. */
export interface SensorRule {
  readonly sensor: string;
  readonly operator: RuleOperator;
  readonly value: number;
}

/** Short names that people type. */
const SHORT: Readonly<Record<string, string>> = { cpu: 'docker.container.cpu', memory: 'docker.container.memory' };
const KIB = 1024;
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  '%': 0.01,
  k: KIB,
  m: KIB ** 2,
  g: KIB ** 3,
  t: KIB ** 4,
};
const RULE = /^\s*([\w.-]+)\s*(>=|<=|!=|==?|>|<)\s*(-?\d+(?:\.\d+)?)\s*(%|[kmgt](?:i?b)?)?\s*$/i;

/** Null for what is no rule. `80%` is 0.8; `k`, `m`, `g` and `t` count by 1024. */
export function parseSensorRule(text: string): SensorRule | null {
  const [, name, operator, number, unit = ''] = RULE.exec(text) ?? [];
  if (name === undefined || operator === undefined) return null;
  const factor = FACTORS[unit === '%' ? unit : unit.slice(0, 1).toLowerCase()] ?? 1;
  return { sensor: sensorOf(name), operator: toOperator(operator), value: Number(number) * factor };
}

export function sensorOf(name: string): string {
  return SHORT[name.toLowerCase()] ?? name;
}

export function matchesRule({ operator, value }: SensorRule, reading: number): boolean {
  switch (operator) {
    case '>':
      return reading > value;
    case '>=':
      return reading >= value;
    case '<':
      return reading < value;
    case '<=':
      return reading <= value;
    case '=':
      return reading === value;
    case '!=':
      return reading !== value;
  }
}

function toOperator(text: string): RuleOperator {
  switch (text) {
    case '>':
    case '>=':
    case '<':
    case '<=':
    case '!=':
      return text;
    default:
      return '=';
  }
}
