import type { ContainerDescription, MountDescription } from '../domain/adoption/container-description.ts';

/** A running container that asks for nothing but its image, which says nothing of its own. */
export function aDescription(fields: Partial<ContainerDescription> & { readonly name: string }): ContainerDescription {
  return {
    ...{ id: '0123456789abcdef'.repeat(4), status: 'running', startedAtMs: 1_000, exitCode: null, bridgeAddress: '172.17.0.2' },
    ...{ autoRemove: false, labels: {}, image: 'nginx:1', entrypoint: [], command: [], env: [], user: '', workingDir: '', hostname: '' },
    of: {
      ...{ names: ['nginx:1'], entrypoint: [], command: [], env: [], labels: {}, volumes: [], user: '', workingDir: '', stopSignal: '' },
      healthcheck: null,
    },
    ...{ domainname: '', tty: false, stdinOpen: false, stopSignal: '', stopTimeoutS: null, healthcheck: null, ports: [], fixedPorts: [] },
    ...{ mounts: [], tmpfs: {}, networkMode: 'default', networks: [], restart: { name: '', most: 0 }, memoryBytes: 0, memorySwapBytes: 0 },
    ...{
      memoryReservationBytes: 0,
      cpus: 0,
      cpuShares: 0,
      cpuset: '',
      pidsLimit: 0,
      shmBytes: 0,
      oomScoreAdj: 0,
      ulimits: [],
      sysctls: {},
    },
    ...{ capAdd: [], capDrop: [], securityOptions: [], privileged: false, devices: [], deviceRequests: 0, extraHosts: [], dns: [] },
    ...{
      dnsSearch: [],
      dnsOptions: [],
      groupAdd: [],
      links: [],
      init: false,
      readOnly: false,
      pidMode: '',
      ipcMode: 'private',
      utsMode: '',
    },
    ...{ usernsMode: '', cgroupMode: '', cgroupParent: '', runtime: 'runc', logging: { driver: 'json-file', options: {} } },
    ...fields,
  };
}

export function aMount(fields: Partial<MountDescription> & { readonly target: string }): MountDescription {
  return { type: 'volume', name: '', source: '', readOnly: false, subpath: '', ...fields };
}
