import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { createAccountBudget } from '../../../src/activities/account-budget.ts';
import { createHelpScoutClient } from '../../../src/helpscout/client.ts';
import { HelpScoutRateLimited } from '../../../src/helpscout/errors.ts';
import { connectStorage } from '../../../src/storage/storage.ts';

/** What a calling process is told, as JSON in its only argument. */
const taskSchema = z.object({
  mongodbUri: z.string(),
  apiUrl: z.string(),
  accessToken: z.string(),
  assumedLimit: z.number(),
  shareForOthers: z.number(),
  windowMs: z.number(),
  untilMs: z.number(),
  concurrency: z.number(),
});
export type CallerTask = z.infer<typeof taskSchema>;

/** A worker's process as the rate limit sees it: calls without end, each as soon as the shared budget lets it. */
const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const storage = await connectStorage(task.mongodbUri);

async function callOnAndOn(): Promise<void> {
  const client = createHelpScoutClient({
    apiUrl: task.apiUrl,
    accessToken: task.accessToken,
    budget: createAccountBudget({
      storage,
      organizationId: 'org',
      integrationId: 'integration',
      account: 'company:1',
      urgency: 'background',
      assumedLimit: task.assumedLimit,
      shareForOthers: task.shareForOthers,
      windowMs: task.windowMs,
      now: () => new Date(),
    }),
  });
  while (Date.now() < task.untilMs) {
    try {
      await client.users.me();
    } catch (error) {
      if (!(error instanceof HelpScoutRateLimited)) throw error;
      // As failures.ts has Temporal wait, in proportion to the window.
      const jitterMs = Math.random() * (task.windowMs / 20);
      await wait(Math.min(error.retryAfterMs + jitterMs, Math.max(0, task.untilMs - Date.now())));
    }
  }
}

await Promise.all(Array.from({ length: task.concurrency }, callOnAndOn));
await storage.close();
