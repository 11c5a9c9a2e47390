import type { Text } from '@codemirror/state';

/** Far more than a blueprint may (64), far less than the editor's parser, which calls itself once a level, can. */
const MOST_LEVELS = 200;
const MARKERS = /^(?:[ \t]*[-?:](?=[ \t]|$))*/;

/** Whether the syntax of a text may be nested deeper than the editor can mark it. Looks at brackets, markers and indentation only. */
export function nestsDeeply(doc: Text): boolean {
  let open = 0;
  for (const line of doc.iterLines()) {
    const head = MARKERS.exec(line)?.[0] ?? '';
    if (head.length > MOST_LEVELS || line.search(/\S|$/) > MOST_LEVELS) return true;
    for (let at = 0; at < line.length; at += 1) {
      const char = line[at];
      if (char === '[' || char === '{') open += 1;
      else if ((char === ']' || char === '}') && open > 0) open -= 1;
      if (open > MOST_LEVELS) return true;
    }
  }
  return false;
}
