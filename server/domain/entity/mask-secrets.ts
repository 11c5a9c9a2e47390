import type { ConfigMap, ConfigValue } from '../blueprint/config-value.ts';

const MASK = '***';
const SECRET_NAME = /pass(?:word|wd|phrase)?$|secret|token|credential|private_?key|api_?key/i;
const ENVIRONMENT = 'docker.container.environment';

/**
 * Config as it may be shown: values of the type's `secretKeys`, and those whose key or variable name tells of a secret, are
 * `***`. Deferred values stay: the expression is no secret.
 */
export function maskSecrets(config: ConfigMap, secretKeys: readonly string[] = []): ConfigMap {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key === ENVIRONMENT) return [key, maskEnvironment(value)];
      return [key, secretKeys.includes(key) || SECRET_NAME.test(key) ? mask(value) : value];
    }),
  );
}

/** Environment variables as they may be shown. */
export function maskVariables(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([key, value]) => [key, SECRET_NAME.test(key) ? MASK : value]));
}

function maskEnvironment(value: ConfigValue): ConfigValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, SECRET_NAME.test(key) ? mask(item) : item]));
}

function mask(value: ConfigValue): ConfigValue {
  return typeof value === 'object' || value === '' ? value : MASK;
}
