/** True for a text whose first line, comments and blanks apart, is a command of docker. Looks at the beginning only. */
export function isRunCommand(text: string): boolean {
  const lines = text.slice(0, 4000).split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return (
    first !== undefined &&
    /^\s*(?:[$>%]\s+)?(?:[A-Za-z_]\w*=\S*\s+)*(?:sudo\s+(?:-\w+\s+)*)?(?:\/[\w./-]*\/)?(?:docker|podman)\s+[a-z\\-]/.test(first)
  );
}
