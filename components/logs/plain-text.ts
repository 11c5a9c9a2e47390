// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is looked for
const CONTROL_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: and single control characters, but for the tab
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line without terminal control sequences; what a carriage return overwrote is left out. */
export function plainText(line: string): string {
  const visible = line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1);
  return visible.replace(CONTROL_SEQUENCE, '').replace(CONTROL_CHARACTER, '');
}
