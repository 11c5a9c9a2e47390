import type { SecretReader } from '../domain/blueprint/evaluation.ts';
import { ClockerError, isClockerError } from '../domain/shared/clocker-error.ts';
import { CONCEALED } from '../domain/shared/concealed.ts';
import { Secret } from '../domain/shared/secret.ts';
import { secretId } from '../domain/shared/secret-record.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { StoreView } from '../ports/store.ts';

/** Texts that hold secrets, of this process: records have what stands for them, hosts get them. */
export interface SecretTexts {
  /** Reads the secrets of `view`. */
  reader(view: StoreView): SecretReader;
  /**
   * Gives `work` the value with every stand-in replaced by its text, and what takes these texts out of what it is told. An error that it ends with does not
   * tell them either.
   * @throws ClockerError internal, retryable: what a stand-in stands for is not known yet, as its entity was not looked at since the start
   */
  reveal<In, Out>(value: In, work: (revealed: In, hide: (text: string) => string) => Promise<Out>): Promise<Out>;
}

/** More than any installation has; the oldest are forgotten, and known again when their config is evaluated again. */
const MOST_TEXTS = 20_000;

export function createSecretTexts(secrets: Secrets): SecretTexts {
  const known = new Map<string, Secret>();

  function conceal(text: string): string {
    const standIn = `__secret_${secrets.sign(`secret ${text}`).slice(0, 32)}__`;
    known.delete(standIn);
    known.set(standIn, new Secret(text));
    for (const oldest of known.keys()) {
      if (known.size <= MOST_TEXTS) break;
      known.delete(oldest);
    }
    return standIn;
  }

  function textOf(standIn: string): string {
    const secret = known.get(standIn);
    if (secret !== undefined) return secret.reveal();
    const message = 'A secret of another entity is not known yet';
    throw new ClockerError('internal', { message, hint: 'It is tried again.', retryable: true });
  }

  return {
    reader: (view) => ({
      read(provider, name) {
        const record = view.get('secret', secretId({ provider, name }));
        return record && secrets.open(record.sealed);
      },
      conceal,
    }),
    async reveal(value, work) {
      const used = new Set<string>();
      const revealed = replaceTexts(value, (text) =>
        text.replace(CONCEALED, (standIn) => {
          const found = textOf(standIn);
          used.add(found);
          return found;
        }),
      );
      try {
        return await work(revealed, (text) => hidden(text, used));
      } catch (error) {
        throw used.size === 0 ? error : withoutTexts(error, used);
      }
    },
  };
}

/** The value with all its texts replaced; those that hold no stand-in are the same. */
function replaceTexts<Value>(value: Value, replace: (text: string) => string): Value {
  const replaced = (part: unknown): unknown => {
    if (typeof part === 'string') return replace(part);
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(replaced);
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, replaced(item)]));
  };
  return replaced(value) as Value;
}

/** Very short ones would hit other words. */
const SHORTEST_HIDDEN = 4;

function hidden(text: string, texts: ReadonlySet<string>): string {
  return [...texts].filter((one) => one.length >= SHORTEST_HIDDEN).reduce((shown, one) => shown.replaceAll(one, '***'), text);
}

function withoutTexts(error: unknown, texts: ReadonlySet<string>): unknown {
  const hide = (text: string): string => hidden(text, texts);
  if (!isClockerError(error)) return error;
  const { code, message, hint, retryable } = error;
  const shown = hide(message);
  if (shown === message && error.cause === undefined) return error;
  return new ClockerError(code, { message: shown, retryable, ...(hint === undefined ? {} : { hint: hide(hint) }) });
}
