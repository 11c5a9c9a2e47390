import type { AdjunctAction, AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { MailServer } from '../adjunct/notification.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import { evaluateCondition, sensorsOfCondition } from './sensor-condition.ts';

export interface AlertSettings {
  readonly title: string;
  readonly condition: string;
  /** It must hold for so long. Milliseconds. */
  readonly forMs: number;
  /** From one alert to the next at least, milliseconds. */
  readonly coolDownMs: number;
  /** While it lasts it is told again so often, milliseconds; 0 tells it once. */
  readonly againMs: number;
  readonly tellsEnd: boolean;
  readonly webhook: { readonly url: string; readonly headers: Readonly<Record<string, string>> } | null;
  readonly mail: { readonly server: MailServer; readonly from: string; readonly to: readonly string[] } | null;
}

export interface AlertMemory {
  /** Since when the condition holds, milliseconds since the epoch. */
  readonly since?: number;
  /** Told, and not told to be over. */
  readonly isFiring?: true;
  readonly toldAt?: number;
  /** What was not taken, and when it is tried again. */
  readonly unsent: readonly Unsent[];
  /** Why the last that was given up was not taken. */
  readonly lost?: string;
}

interface Unsent {
  readonly action: AdjunctAction;
  readonly tries: number;
  readonly dueAt: number;
  readonly problem: string;
}

/** After so many tries it is given up, and shown. */
const MOST_TRIES = 5;
const FIRST_RETRY_MS = 10_000;

type Input = AdjunctInput<AlertSettings, AlertMemory>;

/** Tells people that something is so, once, and that it is over; with a pause between one alert and the next. */
export function decideAlert(input: Input): Decision<AlertMemory> {
  const { config, self, read, now } = input;
  if (config.webhook === null && config.mail === null) {
    return { highlight: { level: 'frozen', text: 'It tells nobody: give a webhook or a mail' } };
  }
  const before = input.memory ?? { unsent: [] };
  const memory = afterOutcomes(before, input);
  const truth = evaluateCondition(config.condition, self, read);
  const next = !truth.ok
    ? { memory, text: `Cannot be told: ${truth.why}`, level: 'frozen' as const }
    : truth.value
      ? whileTrue(input, memory)
      : whileFalse(input, memory);
  const due = next.memory.unsent.filter(({ dueAt }) => dueAt <= now);
  const kept = next.memory.unsent.filter((one) => !due.includes(one));
  const retried = due.map((one) => ({ ...one, dueAt: now + FIRST_RETRY_MS * 2 ** one.tries }));
  const told = { ...next.memory, unsent: [...kept, ...retried] };
  const lookAgainAt = soonest([next.lookAgainAt, ...told.unsent.map(({ dueAt }) => dueAt)]);
  return {
    ...(JSON.stringify(told) === JSON.stringify(input.memory) ? {} : { memory: told }),
    highlight: highlightOf(next, told),
    actions: [...(next.actions ?? []), ...due.map(({ action }) => action)],
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
  };
}

function highlightOf({ level, text }: Next, { unsent, lost }: AlertMemory): NonNullable<Decision['highlight']> {
  const [waiting] = unsent;
  if (waiting) return { level: 'failed', text: `Could not tell it, and tries again: ${waiting.problem}` };
  return lost === undefined ? { level, text } : { level: 'failed', text: `Could not tell it, and has given up: ${lost}. ${text}` };
}

/** What was taken is done; what was not is tried again, a few times. */
function afterOutcomes({ unsent, lost: lostBefore, ...memory }: AlertMemory, { outcomes, now }: Input): AlertMemory {
  const left = new Map(unsent.map((one) => [JSON.stringify(one.action), one]));
  let lost = lostBefore;
  for (const { action, problem } of outcomes) {
    const key = JSON.stringify(action);
    const tries = (left.get(key)?.tries ?? 0) + 1;
    left.delete(key);
    if (problem === null) lost = undefined;
    else if (tries < MOST_TRIES) left.set(key, { action, tries, dueAt: now + FIRST_RETRY_MS * 2 ** (tries - 1), problem });
    else lost = problem;
  }
  return { ...memory, unsent: [...left.values()], ...(lost === undefined ? {} : { lost }) };
}

interface Next {
  readonly memory: AlertMemory;
  readonly text: string;
  readonly level: 'ok' | 'acts' | 'frozen';
  readonly actions?: readonly AdjunctAction[];
  readonly lookAgainAt?: number;
}

function whileTrue(input: Input, memory: AlertMemory): Next {
  const { config, self, now } = input;
  const since = memory.since ?? now;
  const held = { ...memory, since };
  const heldAt = since + config.forMs;
  if (now < heldAt) return { memory: held, level: 'ok', text: `${config.title} holds; told if that stays so`, lookAgainAt: heldAt };
  const { toldAt = Number.NEGATIVE_INFINITY, isFiring } = memory;
  const dueAt = isFiring ? (config.againMs > 0 ? toldAt + config.againMs : Number.POSITIVE_INFINITY) : toldAt + config.coolDownMs;
  if (now < dueAt) {
    const text = isFiring
      ? `${config.title}: told`
      : `${config.title} holds again so soon after the last alert: it is told when the pause is over`;
    return { memory: held, level: isFiring ? 'acts' : 'ok', text, ...(Number.isFinite(dueAt) ? { lookAgainAt: dueAt } : {}) };
  }
  const actions = messages(input, { state: 'firing', since });
  const again = config.againMs > 0 ? { lookAgainAt: now + config.againMs } : {};
  return {
    memory: { ...held, isFiring: true, toldAt: now },
    level: 'acts',
    text: `${config.title} of ${self.name}: told`,
    actions,
    ...again,
  };
}

function whileFalse(input: Input, memory: AlertMemory): Next {
  const { config } = input;
  const { since, isFiring, ...others } = memory;
  const text = `Watches: ${config.condition}`;
  if (!isFiring || !config.tellsEnd) return { memory: others, level: 'ok', text };
  return { memory: others, level: 'ok', text, actions: messages(input, { state: 'resolved', since: since ?? input.now }) };
}

interface State {
  readonly state: 'firing' | 'resolved';
  readonly since: number;
}

function messages(input: Input, { state, since }: State): readonly AdjunctAction[] {
  const { config, self, now } = input;
  const seen = valuesOf(input);
  const what = state === 'firing' ? config.title : `Over: ${config.title}`;
  const values = Object.entries(seen).map(([name, value]) => `${name} is ${JSON.stringify(value)}`);
  const text = `${what} (${self.name}${values.length === 0 ? '' : `: ${values.join(', ')}`})`;
  const id = `${self.id}-${state}-${now}-${config.title}`.replace(/[^\w.-]/g, '-').slice(0, 120);
  const actions: AdjunctAction[] = [];
  if (config.webhook) {
    const body: JsonObject = {
      id,
      state,
      title: config.title,
      text,
      entity: { id: self.id, name: self.name, type: self.type, state: self.actual },
      condition: config.condition,
      sensors: seen,
      since: new Date(since).toISOString(),
      at: new Date(now).toISOString(),
    };
    actions.push({ kind: 'webhook', request: { id, ...config.webhook, body }, why: `Tell the webhook: ${text}` });
  }
  if (config.mail) {
    const lines = [text, '', `Condition: ${config.condition}`, `Since: ${new Date(since).toISOString()}`, `State: ${self.actual}`];
    const message = { id, ...config.mail, subject: `[Clocker] ${what}: ${self.name}`, text: lines.join('\n') };
    actions.push({ kind: 'mail', message, why: `Mail to ${config.mail.to.length}: ${text}` });
  }
  return actions;
}

function valuesOf({ config, self, read }: Input): Readonly<Record<string, Json>> {
  const found = sensorsOfCondition(config.condition).flatMap((name) => {
    const value = read.sensor(self.id, name)?.value;
    return value === undefined || (typeof value === 'object' && JSON.stringify(value).length > 200) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function soonest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
