import type { DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';

export function volumeCalls({ calls }: EngineParts): Pick<DockerEngine, 'ensureVolume' | 'listVolumes' | 'removeVolume'> {
  return {
    ensureVolume: async ({ name, definition = {}, labels }, options) => {
      await calls.call({
        what: `creation of volume ${name}`,
        deadlineMs: DEADLINE_MS.volume,
        options,
        // The engine answers with the volume that is there already.
        perform: (docker, abortSignal) =>
          docker.createVolume({
            Name: toObjectName(name),
            Driver: definition.driver ?? 'local',
            DriverOpts: { ...definition.options },
            Labels: { ...definition.labels, ...labels },
            abortSignal,
          }),
      });
    },
    listVolumes: async (options) => {
      const listed = await calls.call({
        what: 'list of volumes',
        deadlineMs: DEADLINE_MS.list,
        options,
        perform: (docker, abortSignal) => docker.listVolumes({ abortSignal }),
      });
      return (listed.Volumes ?? []).map((volume) => ({ name: volume.Name, labels: volume.Labels ?? {} }));
    },
    removeVolume: async (name, options) => {
      const path = toObjectName(name);
      await calls.call<unknown>({
        what: `removal of volume ${name}`,
        deadlineMs: DEADLINE_MS.volume,
        options,
        expected: { statuses: [404], value: undefined },
        perform: (docker, abortSignal) => docker.getVolume(path).remove({ abortSignal }),
      });
    },
  };
}
