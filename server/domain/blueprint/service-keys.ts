/** Keys at the top of a blueprint that have a meaning here. */
export const PLAN_KEYS: readonly string[] = [
  'name',
  'id',
  'camp.plan.id',
  'wrappedApp',
  'description',
  'origin',
  'location',
  'locations',
  'services',
  'brooklyn.config',
  'brooklyn.parameters',
  'brooklyn.policies',
  'brooklyn.enrichers',
  'brooklyn.initializers',
  'brooklyn.tags',
];

/** Keys of a service that have a meaning here, besides the config keys and flags of its type. */
export const SERVICE_KEYS: readonly string[] = [
  'type',
  'serviceType',
  'service_type',
  'id',
  'camp.plan.id',
  'name',
  'description',
  'location',
  'locations',
  'brooklyn.config',
  'brooklyn.flags',
  'brooklyn.children',
  'brooklyn.parameters',
  'brooklyn.policies',
  'brooklyn.enrichers',
  'brooklyn.initializers',
  'brooklyn.tags',
  'dependsOn',
];

/** Keys of a plan that are understood, and told that nothing acts on them. */
export const INERT_KEYS: ReadonlySet<string> = new Set(['artifacts', 'brooklyn.catalog', 'brooklyn.libraries']);

/** Keys of a plan or catalog that mean nothing in a service. */
export const PLAN_ONLY_KEYS: ReadonlySet<string> = new Set(['brooklyn.catalog', 'brooklyn.libraries', 'artifacts', 'services']);

/** Texts about the blueprint itself: nothing would act on them anyway. */
export const SILENT_KEYS: ReadonlySet<string> = new Set([
  'iconUrl',
  'icon',
  'version',
  'camp_version',
  'origin',
  'description',
  'author',
  'license',
]);

export const TYPE_KEYS: readonly string[] = ['type', 'serviceType', 'service_type'];

/** Where a cluster says what a member is, at the service's root or in its config. */
export const MEMBER_SPEC_KEYS: readonly string[] = [
  'memberSpec',
  'dynamiccluster.memberspec',
  'dynamicfabric.memberspec',
  'dynamiccfabric.memberspec',
  'member.spec',
  'cluster.member.spec',
];

/** Where a cluster says what its first member is, if it differs. */
/** What a host of a Docker cloud is. */
export const HOST_SPEC_KEYS: readonly string[] = ['docker.host.spec', 'hostSpec'];

export const FIRST_MEMBER_SPEC_KEYS: readonly string[] = [
  'firstMemberSpec',
  'dynamiccluster.firstmemberspec',
  'dynamicfabric.firstmemberspec',
  'cluster.first.member.spec',
];
