import type { ContainerDescription } from '../../domain/adoption/container-description.ts';
import type { SimulatedContainer } from './simulated-machine.ts';

/** What a simulated container was asked for, in Docker's words. Its image says nothing of its own. */
export function describeSimulated({ id, name, status, startedAtMs, exitCode, request }: SimulatedContainer): ContainerDescription {
  const { spec, ports, volumeNames, networkNames } = request;
  const networks = spec.networks ?? [];
  return {
    ...{ id, name, status, startedAtMs, exitCode, bridgeAddress: status === 'running' ? '172.17.0.2' : null, autoRemove: false },
    labels: { ...spec.labels, ...request.labels },
    image: spec.image,
    of: {
      ...{ names: [spec.image], entrypoint: [], command: [], env: [], labels: {}, volumes: [], user: '', workingDir: '', stopSignal: '' },
      healthcheck: null,
    },
    ...{
      entrypoint: spec.entrypoint ?? [],
      command: spec.command ?? [],
      user: spec.user ?? '',
      workingDir: '',
      hostname: '',
      domainname: '',
    },
    env: Object.entries(spec.env).map(([key, value]) => `${key}=${value}`),
    ...{ tty: false, stdinOpen: false, stopSignal: '', stopTimeoutS: null, healthcheck: null, ports, fixedPorts: ports },
    mounts: spec.volumes.map(({ name: volume, path, readOnly }) => {
      return { type: 'volume', name: volumeNames[volume] ?? volume, source: '', target: path, readOnly, subpath: '' };
    }),
    tmpfs: {},
    networkMode: networks[0] ? (networkNames[networks[0].name] ?? '') : 'default',
    networks: networks.map(({ name: network, aliases }) => ({ name: networkNames[network] ?? network, aliases, address: '' })),
    restart: { name: 'always', most: 0 },
    ...{
      memoryBytes: spec.memoryBytes ?? 0,
      memorySwapBytes: 0,
      memoryReservationBytes: 0,
      cpus: spec.cpus ?? 0,
      cpuShares: 0,
      cpuset: '',
    },
    ...{ pidsLimit: 0, shmBytes: 0, oomScoreAdj: 0, ulimits: [], sysctls: {}, capAdd: [], capDrop: [], securityOptions: [] },
    ...{ privileged: spec.options?.privileged === true, devices: [], deviceRequests: 0, extraHosts: [], dns: [] },
    ...{
      dnsSearch: [],
      dnsOptions: [],
      groupAdd: [],
      links: [],
      init: false,
      readOnly: spec.readOnly,
      pidMode: '',
      ipcMode: '',
      utsMode: '',
    },
    ...{ usernsMode: '', cgroupMode: '', cgroupParent: '', runtime: '', logging: { driver: '', options: {} } },
  };
}
