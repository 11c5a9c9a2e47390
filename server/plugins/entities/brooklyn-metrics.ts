import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset, size } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s BrooklynMetrics. */
export const plugin: EntityTypePlugin = groupType({
  id: 'brooklyn-metrics',
  title: 'Brooklyn metrics',
  description: 'Counts what the management server does; here its /metrics tells that.',
  icon: 'gauge',
  planned: true,
  aliases: classNames('org.apache.brooklyn.core.server.entity.BrooklynMetrics'),
  config: {
    'brooklyn.metrics.updatePeriod': preset(size, 1000, 'Count every', 'In milliseconds.'),
  },
  flags: {
    updatePeriod: 'brooklyn.metrics.updatePeriod',
  },
  sensors: [
    { name: 'brooklyn.metrics.totalEffectorsInvoked', type: 'number', description: 'Operations called', unit: 'count' },
    { name: 'brooklyn.metrics.totalTasksSubmitted', type: 'number', description: 'Tasks begun', unit: 'count' },
    { name: 'brooklyn.metrics.numIncompleteTasks', type: 'number', description: 'Tasks that have not ended', unit: 'count' },
    { name: 'brooklyn.metrics.numActiveTasks', type: 'number', description: 'Tasks at work', unit: 'count' },
    { name: 'brooklyn.metrics.totalEventsPublished', type: 'number', description: 'Events told', unit: 'count' },
    { name: 'brooklyn.metrics.totalEventsDelivered', type: 'number', description: 'Events received', unit: 'count' },
    { name: 'brooklyn.metrics.numSubscriptions', type: 'number', description: 'Who listens to events', unit: 'count' },
  ],
});
