import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { createTokenRefresh } from '../../../src/activities/token-refresh.ts';
import { createTokens } from '../../../src/activities/tokens.ts';
import { createKeyRing } from '../../../src/security/key-ring.ts';
import { connectStorage } from '../../../src/storage/storage.ts';
import type { Answer } from './answers.ts';

/** What the process is told, as JSON in its only argument. */
const optionsSchema = z.object({
  mongodbUri: z.string(),
  keys: z.string(),
  helpScout: z.object({
    apiUrl: z.string(),
    docsUrl: z.string(),
    appId: z.string(),
    appSecret: z.string(),
    callsPerMinute: z.number(),
  }),
  scope: z.object({ organizationId: z.string(), integrationId: z.string() }),
  /** Dies between receiving new tokens and storing them. */
  diesBeforeSaving: z.boolean(),
});
export type TokenProcessOptions = z.infer<typeof optionsSchema>;
const requestSchema = z.object({ replaces: z.number() });

/** A worker's process that renews tokens whenever its parent asks, and tries again as Temporal would. */
const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const storage = await connectStorage(options.mongodbUri);
if (options.diesBeforeSaving) {
  storage.integrations.saveTokens = async () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise<never>(() => undefined);
  };
}
const deps = { storage, keyRing: createKeyRing(options.keys), helpScout: options.helpScout, now: () => new Date() };
const renew = createTokenRefresh(deps, createTokens(deps));

async function answer(replaces: number): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      const { tokenVersion } = await renew(options.scope, replaces);
      return { tokenVersion };
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      if (error.nonRetryable || tries === 20) return { failure: error.type ?? '' };
      await wait(100);
    }
  }
}

process.on('message', (message) => {
  answer(requestSchema.parse(message).replaces).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on('disconnect', () => void storage.close().then(() => process.exit(0)));
process.send?.({ ready: true });
