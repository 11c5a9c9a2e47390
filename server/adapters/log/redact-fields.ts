const SECRET_NAME = /pass(word|phrase)?$|secret|token$|^authorization$|cookie|private_?key|^sealed$|api_?key$|credential(s)?$/i;
const SECRET_TEXT =
  /\bck_[A-Za-z0-9_-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)|(?<=:\/\/[^\s/:@]+:)[^\s@/]+(?=@)/g;
const SHOWN = '***';
const MAX_DEPTH = 6;
const MAX_TEXT = 8192;

/** Log fields without secrets: by the field's name, and in texts by their shape (API tokens, private keys, passwords in addresses). */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

/** A text without what looks like a secret, cut at 8 192 characters. */
function redactText(text: string): string {
  const shown = text.replace(SECRET_TEXT, SHOWN);
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)} … (${shown.length} characters)` : shown;
}

function redactObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactNamed(name, value, depth)]));
}

function redactNamed(name: string, value: unknown, depth: number): unknown {
  const isText = typeof value === 'string' || typeof value === 'object';
  if (isText && value !== null && SECRET_NAME.test(name)) return SHOWN;
  return redactValue(value, depth);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return redactValue(value.toJSON(), depth + 1);
  return redactObject(value, depth + 1);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const own = redactObject({ ...error, cause: error.cause }, depth + 1);
  return { ...own, type: error.name, message: redactText(error.message), stack: redactText(error.stack ?? '') };
}
