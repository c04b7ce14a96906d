import assert from 'node:assert/strict';
import type { SyncEvent } from '../../src/domain/sync-event.ts';
import { createRebuiltLog } from '../../src/storage/rebuilt-log.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { useMongodb } from '../support/mongodb.ts';

describe('a rebuilt log', () => {
  const mongodb = useMongodb();
  let storage: Storage;
  beforeEach(async () => {
    storage = await connectStorage(mongodb.newDatabase());
  });
  afterEach(async () => {
    await storage?.connection.dropDatabase();
    await storage?.close();
  });

  const live = async (organizationId: string) =>
    (await storage.syncEvents.list(organizationId, {}, { limit: 100 })).events;

  async function writeRows(organizationId: string, ids: readonly string[]): Promise<SyncEvent[]> {
    const row = { integrationId: 'i', type: 'ticketCreated', direction: 'outbound', workflowId: 'ticket:1' } as const;
    await storage.syncEvents.open(
      organizationId,
      ids.map((eventId) => ({ ...row, eventId, customerEmail: 'ada@client.example' })),
    );
    for (const [index, eventId] of ids.entries()) {
      const settled = { eventId, by: 'automatic', attemptKey: 'run.1/1', details: `Row ${index}` };
      await storage.syncEvents.settle(organizationId, [
        index % 2 === 0
          ? { ...settled, status: 'success' }
          : { ...settled, status: 'failed', error: { code: 'timeout', httpStatus: 504 } },
      ]);
    }
    return live(organizationId);
  }

  const differences = async (rebuilt: ReturnType<typeof createRebuiltLog>) => {
    const found: string[] = [];
    for await (const each of rebuilt.compare()) {
      found.push(each === 'equal' ? each : `${each.kind} ${each.eventId} ${each.fields.join(',')}`.trim());
    }
    return found;
  };

  it('restores rows that are gone, field by field, and nobody else’s', async () => {
    const before = await writeRows('acme', ['a', 'b', 'c']);
    const others = await writeRows('globex', ['a', 'z']);
    const rebuilt = createRebuiltLog(storage.connection);
    await rebuilt.put(before);
    await storage.connection.collection('syncEvents').deleteMany({ organizationId: 'acme' });
    assert.deepEqual(await differences(rebuilt), ['missing a', 'missing b', 'missing c']);
    await rebuilt.restore('acme', ['a', 'b', 'c']);
    await storage.syncEvents.recount('acme');
    assert.deepEqual(await live('acme'), before);
    assert.deepEqual(await live('globex'), others);
    assert.deepEqual(await differences(rebuilt), ['equal', 'equal', 'equal']);
  });

  it('keeps the newest of a row, in whichever order they come', async () => {
    const [first] = await writeRows('acme', ['a']);
    assert.ok(first);
    const rebuilt = createRebuiltLog(storage.connection);
    await rebuilt.put([{ ...first, revision: first.revision - 1, details: 'older' }]);
    await rebuilt.put([first]);
    await rebuilt.put([{ ...first, revision: 1, details: 'oldest' }]);
    assert.deepEqual(await differences(rebuilt), ['equal']);
  });

  it('names the fields that differ, and leaves alone what is newer in the log', async () => {
    const [first, second] = (await writeRows('acme', ['a', 'b'])).reverse();
    assert.ok(first && second);
    const rebuilt = createRebuiltLog(storage.connection);
    await rebuilt.put([
      { ...first, details: 'changed by hand', customerEmail: null },
      { ...second, revision: 1, status: 'pending' },
    ]);
    assert.deepEqual(await differences(rebuilt), ['different a customerEmail,details', 'newerInLog b status,revision']);
  });

  it('lets a repeated activity meet its own attempt after a row was restored', async () => {
    const [row] = (await writeRows('acme', ['a', 'b'])).filter(({ status }) => status === 'failed');
    assert.ok(row);
    const rebuilt = createRebuiltLog(storage.connection);
    await rebuilt.put([row]);
    await storage.connection.collection('syncEvents').deleteMany({});
    await rebuilt.restore('acme', [row.eventId]);
    await storage.syncEvents.settle('acme', [
      { eventId: row.eventId, status: 'failed', by: 'automatic', attemptKey: 'run.1/1', error: { code: 'timeout' } },
    ]);
    assert.equal((await live('acme'))[0]?.attempts.length, 1);
  });
});
