import type { Json } from '../shared/json.ts';
import { dataText } from '../software/phase-files.ts';

/** Text that a database runs when its data is first made, and where it is fetched from when the blueprint is deployed. */
export const SCRIPT_TEXT = 'datastore.creation.script.contents';
export const SCRIPT_URL = 'datastore.creation.script.url';

/** Config with the text of the script in the place of its address, kept since it was deployed; null where nothing was kept of it. */
export function withCreationScript(
  config: Readonly<Record<string, Json>>,
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Json>> | null {
  const { [SCRIPT_URL]: source, ...others } = config;
  if (typeof source !== 'string' || config[SCRIPT_TEXT] !== undefined) return config;
  const data = dataText(source);
  const text = data?.ok === true ? data.text : files[source];
  return text === undefined ? null : { ...others, [SCRIPT_TEXT]: text };
}
