import type { DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toReference } from './image-reference.ts';

/** What the engine writes for an image that has no name any more. */
const NAMELESS = /^<none>/;

export function imageCalls({ calls }: EngineParts): Pick<DockerEngine, 'listImages' | 'removeImage'> {
  return {
    listImages: async (options) => {
      const listed = await calls.call({
        what: 'list of images',
        deadlineMs: DEADLINE_MS.list,
        options,
        perform: (docker, abortSignal) => docker.listImages({ abortSignal }),
      });
      return listed.map(({ Id, RepoTags, RepoDigests, Size, Labels, Created }) => ({
        id: Id,
        names: [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter((name) => !NAMELESS.test(name)),
        sizeBytes: Size,
        labels: Labels ?? {},
        createdAt: Created * 1_000,
      }));
    },
    removeImage: async (reference, options) => {
      await calls.call<unknown>({
        what: `removal of image ${reference}`,
        deadlineMs: DEADLINE_MS.remove,
        options,
        expected: { statuses: [404], value: undefined },
        perform: (docker, abortSignal) => docker.getImage(toReference(reference)).remove({ abortSignal }),
      });
    },
  };
}
