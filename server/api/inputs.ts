import { z } from 'zod';
import { artifactFileProblem } from '../domain/artifact/artifact-file.ts';
import { beginningProblem, LONGEST_BEGINNING } from '../domain/artifact/artifact-rule.ts';
import { networkCidr } from '../domain/entity/container-networks.ts';
import { displayNameProblem, toDisplayName } from '../domain/entity/display-name.ts';
import { isRegistryAddress } from '../domain/registry/registry.ts';
import type { Id } from '../domain/shared/ids.ts';
import type { Json, JsonObject } from '../domain/shared/json.ts';
import { SECRET_NAME, SECRET_PROVIDER } from '../domain/shared/secret-record.ts';

/** For procedures that need nothing. */
export const nothing = z.strictObject({}).optional();

export const id = z.string().min(1).max(64);

/** An id of one kind. Whether there is such a thing, the procedure's scope finds out. */
export function idOf<Kind extends string>(): z.ZodType<Id<Kind>, string> {
  return id as unknown as z.ZodType<Id<Kind>, string>;
}

/** A blueprint. Somewhat more than one may have, so that a text which is too large, as one that is empty, gets its own finding. */
export const blueprintText = z.string().max(3 * 1_048_576);

const MOST_FILE_CHARACTERS = 3 * 1_048_576;
const fileName = z.string().min(1).max(500);

/** Content hash of a build context that was brought with `context.put`. */
export const contextHash = z.string().regex(/^[0-9a-f]{64}$/, 'must be what context.put has given');

/** What comes with a blueprint: files by their path beside it (at most 3 MiB in all), folders that images are built from, variables, profiles. */
export const blueprintParts = {
  file: fileName.optional(),
  files: z
    .record(fileName, z.string())
    .refine((files) => Object.keys(files).length <= 1_000, 'are more than 1,000')
    .refine(
      (files) => Object.values(files).reduce((total, text) => total + text.length, 0) <= MOST_FILE_CHARACTERS,
      'are larger than 3 MiB',
    )
    .optional(),
  binaryFiles: z.array(fileName).max(1_000).optional(),
  contexts: z
    .record(fileName, contextHash)
    .refine((contexts) => Object.keys(contexts).length <= 100, 'are more than 100')
    .optional(),
  overlays: z.array(fileName).max(100).optional(),
  variables: z.record(z.string().min(1).max(200), z.string().max(65_536)).optional(),
  profiles: z.array(z.string().min(1).max(200)).max(100).optional(),
  hostAccess: z.boolean().optional(),
};

/** A name that people are shown: at most 120 visible characters. */
export const displayName = z
  .string()
  .max(1_000)
  .superRefine((text, context) => {
    const problem = displayNameProblem(toDisplayName(text));
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

/** Names of clouds (locations) and hosts. */
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 lower-case letters, digits or hyphens');

/** `name:version` of a catalog item. */
export const catalogId = z.string().regex(/^[\w][\w./-]{0,199}:\d[\w.+-]{0,99}$/, 'must be name:version');

/** What blueprints call a secret. */
export const secretKey = {
  provider: z.string().regex(SECRET_PROVIDER, 'must be 1 to 63 letters, digits, _ . or -'),
  name: z.string().regex(SECRET_NAME, 'must be 1 to 200 letters, digits, _ . / or -'),
};

/** As the names of its images begin. */
export const registryAddress = z.string().refine(isRegistryAddress, 'must be as registry.example.org:5000/team, without a scheme');

/** As URLs begin: `https://repo1.maven.org/maven2/`. */
export const urlBeginning = z
  .string()
  .max(LONGEST_BEGINNING)
  .refine((text) => beginningProblem(text) === null, 'must be as https://repo.example.org/maven/');

/** What is put in the place of one: another, or `file:maven/`. */
export const artifactSource = z
  .string()
  .max(LONGEST_BEGINNING)
  .refine(
    (text) => beginningProblem(text) === null || artifactFileProblem(text) === null,
    'must be as http://mirror.local/maven/ or file:maven/',
  );

export const role = z.enum(['viewer', 'operator', 'admin']);

export const scope = z
  .string()
  .regex(/^(system|cloud:[A-Za-z0-9]{1,64}|application:[A-Za-z0-9]{1,64})$/, 'must be system, cloud:<id> or application:<id>')
  .transform((text) => text as 'system' | `cloud:${string}` | `application:${string}`);

export const bindings = z.array(z.strictObject({ role, scope })).min(1).max(200);

export const hostKey = z.strictObject({ type: z.string().min(1).max(64), fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/=]{40,60}$/) });

export const tcpPort = z.number().int().min(1).max(65_535);

/** Which names and passwords are good enough is for the account service to say. */
export const newUser = z.strictObject({
  username: z.string().min(1).max(64),
  name: displayName,
  password: z.string().min(1).max(1_024),
});

export const json: z.ZodType<Json, Json> = z.json() as unknown as z.ZodType<Json, Json>;

export const strategyChoice = z.strictObject({ strategy: z.string().min(1).max(200), config: z.record(z.string(), json).default({}) });

export const portPool = z.strictObject({ from: tcpPort, to: tcpPort });

/** `<cloud id>:<name on the hosts>` */
export const networkId = z.string().min(1).max(200);

/** What is said of a network that is made on its own. */
export const networkChoices = {
  subnet: networkCidr.exactOptional(),
  internal: z.boolean().exactOptional(),
  description: z.string().max(500).exactOptional(),
  joiners: z.array(z.string().min(1).max(200)).max(200).nullable().exactOptional(),
};

/** How networks of a cloud reach from host to host. */
export const networking = z.strictObject({
  provider: z.string().min(1).max(64),
  pool: z.string().max(18).exactOptional(),
  prefix: z.int().min(8).max(29).exactOptional(),
  config: z.record(z.string(), json).exactOptional(),
});

/** Of a policy, enricher or sensor within its entity. */
export const adjunctKey = z.string().regex(/^[\w][\w.#-]{0,99}$/, 'must be 1 to 100 letters, digits, . _ # or -');

/** `adjunct`: its key, by a name that the audit log does not take for a secret. */
export const adjunctRef = { entityId: idOf<'entity'>(), adjunct: adjunctKey };

/** Config as JSON, by key. */
export const configInput = z.record(z.string().min(1).max(200), z.json()) as unknown as z.ZodType<JsonObject, JsonObject>;
