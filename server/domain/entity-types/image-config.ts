import { imageName, imageTag, SHARED_CONTAINER_FLAGS, sharedContainerShape } from '../entity/container-config.ts';
import { PROCESS_CONFIG, PROCESS_FLAGS } from './process-config.ts';

/** Config of a type that is its image in a container: keys of all processes, what any container takes, and the image that it is unless the blueprint names one. */
export function imageConfig(image: string, tag: string) {
  return {
    ...PROCESS_CONFIG,
    ...sharedContainerShape,
    'docker.image.name': imageName.default(image).meta({ title: 'Image' }),
    'docker.image.tag': imageTag.default(tag).meta({ title: 'Tag', description: 'Where the image says none.' }),
  };
}

export const IMAGE_FLAGS = {
  ...PROCESS_FLAGS,
  ...SHARED_CONTAINER_FLAGS,
  imageName: 'docker.image.name',
  imageTag: 'docker.image.tag',
} as const;
