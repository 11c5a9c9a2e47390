// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.
import { describe, expect, it } from 'vitest';
import { toDeployable } from './deployable.ts';

const TEXT = 'services:\n  web:\n    image: nginx:${TAG:-1}\n    environment:\n    - TOKEN\n    - MODE=$MODE\n';
const environment = { TAG: '2', TOKEN: 't', MODE: 'm', AWS_SECRET_ACCESS_KEY: 'never', HOME: '/root', COMPOSE_PROFILES: 'dev' };

describe('a blueprint on its way to a server', () => {
  it('takes of the environment only what it asks for, and what was given by hand', () => {
    const { variables } = toDeployable({ text: TEXT, variables: { ...environment, EXTRA: 'x' } }, { EXTRA: 'x' });
    expect(variables).toEqual({ TAG: '2', TOKEN: 't', MODE: 'm', COMPOSE_PROFILES: 'dev', EXTRA: 'x' });
  });

  it('looks for variables in its files too', () => {
    const { variables } = toDeployable({ text: 'services: {}', files: { 'base.yaml': 'image: a:${TAG}' }, variables: environment }, {});
    expect(variables).toEqual({ TAG: '2', COMPOSE_PROFILES: 'dev' });
  });

  it('tells the name of its folder and not where that is', () => {
    expect(toDeployable({ text: '', file: '/home/ann/projects/shop/compose.yaml' }, {}).file).toBe('shop/compose.yaml');
    expect(toDeployable({ text: '', file: '-' }, {})).not.toHaveProperty('file');
  });

  it('sends every part, so that nothing of an earlier version stays by accident', () => {
    expect(toDeployable({ text: 'a' }, {})).toEqual({
      text: 'a',
      files: {},
      binaryFiles: [],
      contexts: {},
      overlays: [],
      variables: {},
      profiles: [],
    });
  });
});
