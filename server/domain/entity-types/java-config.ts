import { z } from 'zod';
import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { optional, preset, textMap, texts } from './config-values.ts';

/** Processes that run on Java. */
export const JAVA_CONFIG = {
  'java.sysprops': optional(textMap, 'System properties', 'Given to the JVM as -D.'),
  'java.opts': optional(texts, 'JVM options', 'Such as -Xmx512m.'),
  'java.version.required': optional(text, 'Java version'),
  'java.check.hostname.bug': optional(boolean, 'Check the hostname'),
};

export const JAVA_FLAGS = { javaSysProps: 'java.sysprops', javaOpts: 'java.opts', javaVersionRequired: 'java.version.required' } as const;

/** Java processes that are watched by JMX. */
export const JMX_CONFIG = {
  'jmx.enabled': preset(boolean, true, 'JMX', 'Reads metrics of the JVM.'),
  'jmx.agent.mode': optional(
    z.enum(['AUTODETECT', 'JMXMP_AND_RMI', 'JMXMP', 'JMX_RMI_CUSTOM_AGENT', 'JMX_RMI', 'NONE']),
    'JMX agent',
    'AUTODETECT unless given.',
  ),
  'jmx.direct.port': preset(portRange, '31001+', 'JMX port'),
  'rmi.registry.port': preset(portRange, '1099,19099+', 'RMI registry port'),
  'jmx.context': optional(text, 'JMX context'),
  'jmx.ssl.enabled': optional(boolean, 'JMX by TLS'),
  'jmx.user': optional(text, 'JMX user'),
  'jmx.password': optional(text, 'JMX password'),
  'jmx.agent.local.path': optional(text, 'Agent file'),
  'jmx.ssl.access.key': optional(text, 'JMX key'),
  'jmx.ssl.access.cert': optional(text, 'JMX certificate'),
  'java.metrics.mxbeanStatsEnabled': optional(boolean, 'JVM metrics'),
};

/** The same for those that are measured otherwise: no port is opened for it. */
export const UNUSED_JMX_CONFIG = {
  ...JMX_CONFIG,
  'jmx.enabled': optional(boolean, 'JMX'),
  'jmx.direct.port': optional(portRange, 'JMX port'),
  'rmi.registry.port': optional(portRange, 'RMI registry port'),
};

const BY_ITS_PLACE = 'it is measured by its container or machine, and by its load balancer';

export const JAVA_NOT_HONOURED = {
  ...Object.fromEntries(Object.keys(UNUSED_JMX_CONFIG).map((key) => [key, BY_ITS_PLACE])),
  'java.version.required': 'Java is that of its image, or of the packages of its machine',
  'java.check.hostname.bug': 'no Java of today has that bug',
};

export const JMX_FLAGS = {
  useJmx: 'jmx.enabled',
  jmxAgentMode: 'jmx.agent.mode',
  jmxPort: 'jmx.direct.port',
  rmiRegistryPort: 'rmi.registry.port',
  jmxContext: 'jmx.context',
  jmxSecure: 'jmx.ssl.enabled',
  jmxUser: 'jmx.user',
  jmxPassword: 'jmx.password',
  mxbeanStatsEnabled: 'java.metrics.mxbeanStatsEnabled',
} as const;

export const JMX_SECRETS = ['jmx.password', 'jmx.ssl.access.key'] as const;

export const JMX_SENSORS = [
  { name: 'jmx.service.url', type: 'string', description: 'Where JMX is reached' },
  { name: 'jmx.direct.port', type: 'number', description: 'JMX port' },
  { name: 'rmi.registry.port', type: 'number', description: 'RMI registry port' },
  { name: 'java.metrics.heap.used', type: 'number', description: 'Heap used', unit: 'bytes' },
  { name: 'java.metrics.heap.max', type: 'number', description: 'Heap at most', unit: 'bytes' },
  { name: 'java.metrics.heap.committed', type: 'number', description: 'Heap committed', unit: 'bytes' },
  { name: 'java.metrics.nonheap.used', type: 'number', description: 'Memory used besides the heap', unit: 'bytes' },
  { name: 'java.metrics.threads.current', type: 'number', description: 'Threads', unit: 'count' },
  { name: 'java.metrics.uptime', type: 'number', description: 'Time since start', unit: 'ms' },
  { name: 'java.metrics.processCpuTime.total', type: 'number', description: 'CPU time used', unit: 'ms' },
  { name: 'java.metrics.processCpuTime.fraction.last', type: 'number', description: 'CPU it uses', unit: 'ratio' },
  { name: 'java.metrics.processCpuTime.fraction.windowed', type: 'number', description: 'CPU it uses, over the last while', unit: 'ratio' },
  { name: 'java.metrics.systemload.average', type: 'number', description: 'System load' },
] as const;
