import type { Plain } from '../place-source.ts';

/** Short ways to write the tables of types. */

export const text: Plain = { type: 'string', required: false };
export const integer: Plain = { type: 'integer', required: false };
export const flag: Plain = { type: 'boolean', required: false };
export const size: Plain = { type: 'scalar-unit.size', required: false, constraints: [{ greater_or_equal: '0 MB' }] };
export const port: Plain = { type: 'tosca.datatypes.network.PortDef', required: false };

export function needed(definition: Plain, defaultValue?: Plain): Plain {
  const map = typeof definition === 'object' && definition !== null && !Array.isArray(definition) ? definition : {};
  return { ...map, required: true, ...(defaultValue === undefined ? {} : { default: defaultValue }) };
}

export function listOf(type: string): Plain {
  return { type: 'list', required: false, entry_schema: { type } };
}

export function mapOf(type: string): Plain {
  return { type: 'map', required: false, entry_schema: { type } };
}

/** A requirement: what it asks of its target, and how often. */
export function requires(
  name: string,
  capability: string,
  relationship: string,
  options: { readonly node?: string; readonly most?: number; readonly least?: number } = {},
): Plain {
  const { node, least = 1, most = 1 } = options;
  return {
    [name]: {
      capability: `tosca.capabilities.${capability}`,
      relationship: `tosca.relationships.${relationship}`,
      ...(node === undefined ? {} : { node }),
      occurrences: [least, most === Number.POSITIVE_INFINITY ? 'UNBOUNDED' : most],
    },
  };
}

export const MANY = Number.POSITIVE_INFINITY;
