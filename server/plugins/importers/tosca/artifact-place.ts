import type { DslCall } from '../../../domain/blueprint/config-value.ts';
import { nestedDsl } from '../../../domain/blueprint/write-dsl.ts';

const FOLDER = 'artifacts';

/** Where a file of a node is copied to, below its install folder. */
export function artifactPlace(name: string): string {
  return `${FOLDER}/${name.replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}

/** The whole path, known when the node is installed. */
export function artifactPath(name: string): readonly DslCall[] {
  const folder: DslCall = { name: 'attributeWhenReady', args: ['install.dir'] };
  return [{ name: 'formatString', args: ['%s/%s', nestedDsl([folder]), artifactPlace(name)] }];
}
