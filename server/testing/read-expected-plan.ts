/** What a file of an expected plan says. */
export interface ExpectedPlan {
  /** Blueprints of which this is the plan, by their path in the corpus. */
  readonly of: readonly string[];
  /** Text that the blueprint is put below, when it is a part of one by itself. */
  readonly below: string;
  readonly tree: string;
}

/** `of PATH` lines, `below LINE` lines, comments after `#`, then the tree. */
export function readExpectedPlan(text: string): ExpectedPlan {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const after = (word: string) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const tree = lines.filter((line) => !/^(?:of|below) /.test(line));
  return { of: after('of'), below: after('below').join('\n'), tree: inOneOrder(tree.join('\n')) };
}

interface Block {
  readonly line: string;
  readonly indent: number;
  readonly below: Block[];
}

/** The same tree with config and waits sorted: their order means nothing. That of children and of what is attached stays. */
export function inOneOrder(tree: string): string {
  const root: Block = { line: '', indent: -1, below: [] };
  let open: readonly Block[] = [root];
  for (const line of tree.split('\n')) {
    const indent = line.search(/\S|$/);
    const text = open.find((block) => isText(block) && indent > block.indent);
    if (text !== undefined) {
      text.below.push({ line: line.slice(text.below[0]?.indent ?? indent), indent, below: [] });
      continue;
    }
    const isChild = line.startsWith('- ', indent);
    const above = open.findLast((block) => block.indent < indent || (isChild && block.indent === indent && !block.line.startsWith('- ')));
    const block = { line: line.slice(indent), indent, below: [] };
    above?.below.push(block);
    open = [...open.slice(0, open.indexOf(above ?? root) + 1), block];
  }
  return root.below.flatMap((block) => print(block, '')).join('\n');
}

/** What follows is the text of a value, line by line. */
function isText({ line }: Block): boolean {
  return /: \|-?$/.test(line);
}

function print(block: Block, indent: string): readonly string[] {
  const below = isText(block) ? block.below : block.below.toSorted((a, b) => compare(rank(a.line), rank(b.line)));
  return [indent + block.line, ...below.flatMap((inner) => print(inner, `${indent}  `))];
}

function rank(line: string): string {
  return /^(?:- |policy: |enricher: |initializer: )/.test(line) ? '\uffff' : line;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
