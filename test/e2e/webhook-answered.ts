import assert from 'node:assert/strict';
import { z } from 'zod';
import { signedWebhooks } from '../operations/signed-webhooks.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const madeSchema = z.object({ conversationId: z.number().int() });

/**
 * Delivers webhooks, each about a conversation of its own that nothing else tells of, and kills the web app the moment
 * it has answered. @returns how many of the conversations are classified in the end, and their rows
 */
export async function killAfterAnswers({ times, timeoutMs }: { times: number; timeoutMs: number }) {
  const running = await startRunningStack({
    corpus: [{ id: 'a', text: 'The export fails with error 500 since Monday.' }],
    // Nothing but a webhook may bring a conversation in.
    env: { RECONCILE_MINUTES: '10000' },
  });
  try {
    const { stack, storage, control, organizationId } = running;
    const integrationId = await running.connect();
    await running.untilScanned(integrationId);
    await control('PATCH', '/switches', { webhooks: { enabled: false } });
    const { deliver } = await signedWebhooks(running, integrationId);

    const ids: number[] = [];
    for (let index = 0; index < times; index += 1) {
      const text = `Report ${index} cannot be exported.`;
      const customerEmail = `person-${index}@client.example`;
      const { conversationId } = madeSchema.parse(
        await control('POST', '/conversations', { subject: `Report ${index}`, text, customerEmail }),
      );
      const status = await deliver(conversationId);
      await stack.kill('api', 'SIGKILL');
      assert.equal(status, 204);
      ids.push(conversationId);
      await stack.restart('api');
    }

    const insights = () => storage.insights.getMany(organizationId, integrationId, ids);
    await until(async () => (await insights()).length >= times, { what: 'every conversation', timeoutMs });
    const rowsOf = async (status: 'success' | 'skipped') => {
      const rows = storage.connection.collection('syncEvents');
      return rows.countDocuments({ organizationId, conversationId: { $in: ids }, status });
    };
    await until(async () => (await rowsOf('success')) >= times, { what: 'every row', timeoutMs });
    const seen = { answered: ids.length, processed: (await insights()).length, rows: await rowsOf('success') };

    // Sent once more, as after an answer that was lost on its way: nothing new, and nothing done.
    for (const conversationId of ids) assert.equal(await deliver(conversationId), 204);
    await until(async () => (await rowsOf('skipped')) > 0 && (await isQuiet(running)), { what: 'quiet', timeoutMs });
    const revisions = new Set((await insights()).map(({ revision }) => revision));
    return { ...seen, again: { rows: await rowsOf('success'), revisions: [...revisions] } };
  } finally {
    await running.stop();
  }
}

/** Whether every row has ended. */
async function isQuiet({ storage, organizationId }: RunningStack): Promise<boolean> {
  const rows = storage.connection.collection('syncEvents');
  return (await rows.countDocuments({ organizationId, status: { $in: ['pending', 'retrying'] } })) === 0;
}
