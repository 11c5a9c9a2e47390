import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about catalogs. */
export const CATALOG_CODES = {
  'catalog-alone': {
    severity: 'error',
    meaning: 'The text is a catalog: types for blueprints, and nothing to deploy by itself.',
    remedy: 'Add it with `clocker catalog add`, and name one of its types in a blueprint.',
  },
  'catalog-cycle': {
    severity: 'error',
    meaning: 'A catalog item is made of itself.',
    remedy: 'Use another type in the item that the message names.',
  },
  'catalog-deprecated': {
    severity: 'warning',
    meaning: 'A catalog item that is deprecated is used.',
    remedy: 'Move to a newer version or another type.',
  },
  'catalog-disabled': {
    severity: 'error',
    meaning: 'A catalog item that is disabled is used.',
    remedy: 'Use another version, or enable it.',
  },
  'catalog-not-entity': {
    severity: 'error',
    meaning: 'A catalog item of another kind stands where an entity is needed.',
    remedy: 'Policies, enrichers and locations have places of their own.',
  },
  'catalog-id-missing': {
    severity: 'error',
    meaning: 'An item of a catalog has no id.',
    remedy: 'Give it an `id`, the name by which blueprints call it.',
  },
  'catalog-id-invalid': {
    severity: 'error',
    meaning: 'The id of a catalog item holds a colon, a blank or another character that a type name cannot have, or is too long.',
    remedy: 'Use letters, digits, `.`, `_`, `-` and `/`; at most 200.',
  },
  'catalog-item-missing': {
    severity: 'error',
    meaning: 'A catalog has no `item`, `items` or services of its own, or one of its items is empty.',
    remedy: 'Add `item:` with a `type` or `services`, or `items:` with a list.',
  },
  'catalog-item-twice': {
    severity: 'error',
    meaning: 'Two items of a catalog have the same id and version.',
    remedy: 'Rename one or give it another version.',
  },
  'catalog-key-unsupported': {
    severity: 'warning',
    meaning: 'A key of a catalog that has no effect here: Java classes and libraries are not loaded.',
    remedy: 'Remove it, or write what it brings as items in YAML.',
  },
  'catalog-version-invalid': {
    severity: 'error',
    meaning: 'The version of a catalog item does not begin with a number or has characters that a version cannot have.',
    remedy: 'Write a version such as `1.2.0` or `1.2.0-SNAPSHOT`.',
  },
} as const satisfies DiagnosticMeanings;
