/** Each word of `filter` stands in one of `texts`, in whatever case. */
export function matchesWords(filter: string, texts: readonly string[]): boolean {
  const text = texts.join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
