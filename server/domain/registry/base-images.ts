export interface BaseImage {
  readonly image: string;
  readonly platform: string | undefined;
}

/** What a Dockerfile's stages are built on: not other stages, not `scratch`, and not what only the engine can tell (`FROM $BASE`). */
export function baseImages(dockerfile: string): readonly BaseImage[] {
  const stages = new Set<string>();
  const images = new Map<string, BaseImage>();
  for (const line of dockerfile.split('\n')) {
    const [, platform, image = '', stage] = FROM.exec(line) ?? [];
    const isImage = image !== '' && image !== 'scratch' && !`${image}${platform ?? ''}`.includes('$') && !stages.has(image.toLowerCase());
    if (isImage) images.set(`${image} ${platform ?? ''}`, { image, platform });
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...images.values()];
}

const FROM = /^\s*FROM\s+(?:--platform=(\S+)\s+)?(\S+)(?:\s+AS\s+(\S+))?\s*$/i;
