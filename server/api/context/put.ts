import { z } from 'zod';
import { bringContext, type KeptContext, MOST_ARCHIVE_CHARACTERS } from '../../engine/sources/keep-context.ts';
import { answer } from '../answer.ts';
import { contextHash } from '../inputs.ts';
import { anywhere } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const put = procedure({
  permission: 'operate',
  scope: anywhere,
  input: z.strictObject({
    /** A zip archive in base64: its files stand at the root. */
    archive: z
      .string()
      .min(1)
      .max(MOST_ARCHIVE_CHARACTERS)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64'),
    /** What is kept already, over which these files are laid. */
    over: contextHash.exactOptional(),
  }),
  summary: 'Bring the files of a folder that images are built from; a blueprint then names them in contexts, by their hash',
  rest: 'POST /contexts',
})
  .output(answer<KeptContext>('What is kept of them, for at least an hour, and as long as a generation names them'))
  .mutation(({ ctx, input: { archive, over } }) => bringContext(ctx.services.engine, Buffer.from(archive, 'base64'), over));
