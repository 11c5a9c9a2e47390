/**
 * A script in POSIX sh that runs the one in the variable `variable` as root: as it is, or by sudo without a password. `values`: variables that it needs,
 * which sudo would drop.
 */
export function rootScript(variable: string, values: readonly string[]): string {
  const handed = values.map((name) => `${name}="$${name}"`).join(' ');
  return `
PATH="$PATH:/usr/sbin:/sbin"
export PATH
if [ "$(id -u)" = 0 ]; then exec sh -c "$${variable}"; fi
exec sudo -n env PATH="$PATH" ${handed} sh -c "$${variable}"
`;
}
