import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { MainDatabase } from './database-schema.ts';
import { toStoreError } from './store-error.ts';

/** What the canary says under its seal. */
const CANARY = 'clocker';

export interface PlaneMark {
  readonly db: MainDatabase;
  readonly where: string;
  /** Milliseconds since the epoch, kept as the time this plane was made. */
  readonly now: number;
  readonly secrets: Secrets | undefined;
}

/**
 * Writes the plane's identity into a new database, and refuses one that belongs to another key file.
 * @throws ClockerError store.corrupt
 */
export async function ensurePlane({ db, where, now, secrets }: PlaneMark): Promise<void> {
  const rows = [
    { key: 'created', value: String(now) },
    { key: 'revision', value: '0' },
    ...(secrets
      ? [
          { key: 'plane', value: secrets.planeId },
          { key: 'canary', value: secrets.seal(CANARY) },
        ]
      : []),
  ];
  try {
    await db
      .insertInto('meta')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    if (secrets) await refuseOtherKey(db, where, secrets);
  } catch (error) {
    throw toStoreError(error, where);
  }
}

async function refuseOtherKey(db: MainDatabase, where: string, secrets: Secrets): Promise<void> {
  const found = await db.selectFrom('meta').select(['key', 'value']).where('key', 'in', ['plane', 'canary']).execute();
  const meta = new Map(found.map(({ key, value }) => [key, value]));
  const opened = open(secrets, meta.get('canary') ?? '');
  if (meta.get('plane') === secrets.planeId && opened === CANARY) return;
  throw new ClockerError('store.corrupt', {
    message: `The database ${where} belongs to plane ${meta.get('plane')}, but the key file is of plane ${secrets.planeId}`,
    hint: 'Put back the key file that was made together with this database; nothing sealed in it can be read with another.',
  });
}

/** Null when the envelope does not open with this key. */
function open(secrets: Secrets, sealed: string): string | null {
  try {
    return secrets.open(sealed);
  } catch {
    return null;
  }
}
