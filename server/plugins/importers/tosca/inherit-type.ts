import type {
  CapabilityDefinition,
  InterfaceDefinition,
  OperationDefinition,
  PropertyDefinition,
  ResolvedType,
  TypeDefinition,
} from './definitions.ts';

/** A type with what its parent has already. What the type itself says wins, property by property and operation by operation. */
export function inheritType(type: TypeDefinition, parent: ResolvedType | null): ResolvedType {
  if (parent === null) return { ...type, ancestry: [type.name] };
  return {
    ...type,
    ancestry: [type.name, ...parent.ancestry],
    properties: mergeMaps(parent.properties, type.properties, refineProperty),
    attributes: mergeMaps(parent.attributes, type.attributes, refineProperty),
    capabilities: mergeMaps(parent.capabilities, type.capabilities, refineCapability),
    requirements: new Map([...parent.requirements, ...type.requirements]),
    interfaces: mergeInterfaces(parent.interfaces, type.interfaces),
    artifacts: mergeMaps(parent.artifacts, type.artifacts, (inherited, own) => ({ ...own, type: own.type ?? inherited.type })),
    constraints: [...parent.constraints, ...type.constraints],
  };
}

/** Units of work that inheriting takes: see `Budget`. */
export function sizeOfType(type: TypeDefinition): number {
  const operations = [...type.interfaces.values()].reduce((sum, { operations: { size } }) => sum + size, 0);
  return (
    1 + type.properties.size + type.attributes.size + type.capabilities.size + type.requirements.size + type.artifacts.size + operations
  );
}

/** Interfaces of a template over those of its type: an operation may add inputs and keep the script. */
export function mergeInterfaces(
  inherited: ReadonlyMap<string, InterfaceDefinition>,
  own: ReadonlyMap<string, InterfaceDefinition>,
): ReadonlyMap<string, InterfaceDefinition> {
  return mergeMaps(inherited, own, (from, to) => ({ ...to, operations: mergeMaps(from.operations, to.operations, refineOperation) }));
}

export function mergeMaps<T>(
  inherited: ReadonlyMap<string, T>,
  own: ReadonlyMap<string, T>,
  refine: (inherited: T, own: T) => T,
): ReadonlyMap<string, T> {
  if (own.size === 0) return inherited;
  const merged = new Map(inherited);
  for (const [name, value] of own) {
    const from = inherited.get(name);
    merged.set(name, from === undefined ? value : refine(from, value));
  }
  return merged;
}

export function refineProperty(inherited: PropertyDefinition, own: PropertyDefinition): PropertyDefinition {
  return {
    ...own,
    schema: own.schema ?? inherited.schema,
    required: own.required ?? inherited.required,
    value: own.value ?? inherited.value,
    description: own.description ?? inherited.description,
  };
}

function refineCapability(inherited: CapabilityDefinition, own: CapabilityDefinition): CapabilityDefinition {
  return { ...own, properties: mergeMaps(inherited.properties, own.properties, refineProperty) };
}

function refineOperation(inherited: OperationDefinition, own: OperationDefinition): OperationDefinition {
  return {
    ...own,
    implementation: own.implementation ?? inherited.implementation,
    inputs: mergeMaps(inherited.inputs, own.inputs, (from, to) =>
      to.value === null && from.value !== null ? { ...to, value: from.value } : to,
    ),
  };
}
