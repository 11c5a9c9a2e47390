/** Files that all stand in one folder, as download pages pack them, as if they stood at the root. */
export function withoutOuterFolder<File extends { readonly path: string }>(files: readonly File[]): readonly File[] {
  const first = files[0]?.path ?? '';
  const folder = first.slice(0, first.indexOf('/') + 1);
  if (folder === '' || files.some(({ path }) => !path.startsWith(folder))) return files;
  return files.map((file) => ({ ...file, path: file.path.slice(folder.length) }));
}
