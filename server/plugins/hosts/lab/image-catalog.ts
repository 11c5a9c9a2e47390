/** An application image that the lab's registry serves under the name that Docker Hub knows. */
export interface AppImage {
  /** Folder below `images/`. */
  readonly folder: string;
  readonly repository: string;
  readonly tags: readonly string[];
  /** What `lab up` builds by itself. */
  readonly demo: boolean;
  /** In which way it differs from the image of that name on Docker Hub. */
  readonly remark: string;
}

export const APP_IMAGES: readonly AppImage[] = [
  {
    folder: 'mariadb',
    repository: 'mariadb',
    tags: ['10.11', 'latest'],
    demo: true,
    remark: 'names are never resolved (skip-name-resolve)',
  },
  {
    folder: 'php',
    repository: 'php',
    tags: ['8.2-apache', 'latest'],
    demo: true,
    remark: 'apache2 with mod_php, mysqli, pdo_mysql, pgsql, curl, mbstring; without docker-php-ext-install',
  },
  { folder: 'haproxy', repository: 'haproxy', tags: ['2.6', 'latest'], demo: true, remark: '' },
  { folder: 'busybox', repository: 'busybox', tags: ['1.35', 'latest'], demo: true, remark: 'the applets that Debian compiles in' },
  { folder: 'nginx', repository: 'nginx', tags: ['1.22', 'latest'], demo: false, remark: 'the modules of nginx-light' },
  { folder: 'redis', repository: 'redis', tags: ['7.0', 'latest'], demo: false, remark: '' },
  { folder: 'postgres', repository: 'postgres', tags: ['15', 'latest'], demo: false, remark: '' },
  {
    folder: 'tomcat',
    repository: 'tomcat',
    tags: ['10', 'latest'],
    demo: false,
    remark: 'Java 17; the MariaDB and PostgreSQL drivers lie in lib/',
  },
  { folder: 'node', repository: 'node', tags: ['18', 'latest'], demo: false, remark: 'without npm and yarn' },
  { folder: 'rabbitmq', repository: 'rabbitmq', tags: ['3.10', 'latest'], demo: false, remark: '' },
  {
    folder: 'debian',
    repository: 'debian',
    tags: ['12', 'latest'],
    demo: false,
    remark: 'the packages that the hosts of the lab begin with',
  },
];

/** Images that the lab itself runs, in the order in which they build on each other. */
export const MACHINE_IMAGES = [
  { folder: 'services', from: 'base' },
  { folder: 'host-bare', from: 'base' },
  { folder: 'host', from: 'host-bare' },
] as const;
export type MachineImage = (typeof MACHINE_IMAGES)[number]['folder'];

/** The image that a name such as `php`, `php:8.2-apache` or `library/php` means, or undefined. */
export function findAppImage(name: string): AppImage | undefined {
  const [repository = '', tag] = name.replace(/^(docker\.io\/)?(library\/)?/, '').split(':');
  return APP_IMAGES.find((image) => image.repository === repository && (tag === undefined || image.tags.includes(tag)));
}
