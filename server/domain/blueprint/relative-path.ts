/** `beside('Definitions/a.yaml', '../Scripts/b.sh')` → `Scripts/b.sh`. Parts that lead above the beginning stay as `..`. */
export function beside(file: string, name: string): string {
  return normalizePath(`${folderOf(file)}${name}`);
}

/** `relativeTo('Definitions/a.yaml', 'Scripts/b.sh')` → `../Scripts/b.sh`: the name by which the first file calls the second. */
export function relativeTo(file: string, path: string): string {
  const from = normalizePath(file).split('/').slice(0, -1);
  const to = normalizePath(path).split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** The part up to the last `/`; empty for a file at the root. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
