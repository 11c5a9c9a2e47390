import type { z } from 'zod';

/** What zod says of a value, in words that go after the name of its key. A schema's own sentence wins. */
export function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_key':
      return issue.issues[0] === undefined ? 'is no key here' : issueText(issue.issues[0]);
    case 'invalid_union':
      return unionText(issue);
    case 'invalid_type':
      return issue.message.startsWith('Invalid input') ? `needs ${WANTED[issue.expected] ?? issue.expected}` : issue.message;
    case 'too_small':
      return issue.message.startsWith('Too small') ? `needs at least ${issue.minimum}${unitOf(issue.origin)}` : issue.message;
    case 'too_big':
      return issue.message.startsWith('Too big') ? `needs at most ${issue.maximum}${unitOf(issue.origin)}` : issue.message;
    case 'invalid_value':
      return issue.message.startsWith('Invalid') ? `needs ${issue.values.map(String).join(' or ')}` : issue.message;
    case 'unrecognized_keys':
      return `has ${issue.keys.length === 1 ? 'a key' : 'keys'} that it does not take: ${issue.keys.slice(0, 5).join(', ')}`;
    default:
      return issue.message.replace(/^Invalid input: /, '');
  }
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  record: 'a map of keys and values',
  object: 'a map of keys and values',
  array: 'a list',
};

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' || origin === 'set' ? ' items' : '';
}

/** The sentence of the schema, or that of the branch that came nearest. */
function unionText(issue: z.core.$ZodIssueInvalidUnion): string {
  const choices = /^Invalid discriminator value\. Expected (.*)$/.exec(issue.message)?.[1];
  if (choices !== undefined) return `needs ${choices.replaceAll("'", '').replaceAll(' | ', ' or ')}`;
  if (issue.message !== 'Invalid input') return issue.message;
  const texts = issue.errors.flatMap((branch) => branch.slice(0, 1).map((nested) => issueText(nested)));
  return [...new Set(texts)].join(', or ') || issue.message;
}
