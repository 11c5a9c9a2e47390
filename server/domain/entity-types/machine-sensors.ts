/** What is measured of a machine. */
export const MACHINE_SENSORS = [
  { name: 'machine.uptime', type: 'number', description: 'Time since it was switched on', unit: 'ms' },
  { name: 'machine.loadAverage', type: 'number', description: 'Load' },
  { name: 'machine.cpu', type: 'number', description: 'CPU in use', unit: 'ratio' },
  { name: 'machine.memory.free', type: 'number', description: 'Memory free', unit: 'bytes' },
  { name: 'machine.memory.total', type: 'number', description: 'Memory', unit: 'bytes' },
  { name: 'machine.memory.used', type: 'number', description: 'Memory in use', unit: 'bytes' },
] as const;
