import assert from 'node:assert/strict';
import { z } from 'zod';
import { FIRST_PAGE, nextCursor, type ScanCursor } from '../../src/domain/scan-cursor.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import { HelpScoutUncertain } from '../../src/helpscout/errors.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, journalOf, signIn, start, stopAll } from '../sandbox/support.ts';
import { unlimited } from './unlimited.ts';

const SUBMISSIONS = 200;
const LAG_MS = 60_000;
/** Both clocks are this machine's here. */
const MARGIN_MS = 2_000;
const CREATE = { template: '/v2/conversations', method: 'POST' };

/** The sandbox's clock is put forward by the tests. */
const untilOf = (since: Date) => new Date(since.getTime() + 3 * 60_000);

const clockSchema = z.object({ now: z.iso.datetime() });

describe('a create whose answer is lost', () => {
  afterEach(stopAll);

  async function connect() {
    const sandbox = await start({ rateLimitPerMinute: 100_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    const client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    const [mailbox] = await client.mailboxes.list();
    assert(mailbox);
    return { sandbox, client, mailboxId: mailbox.mailboxId };
  }

  it('is uncertain, and found by its marker when it was written', async () => {
    const { sandbox, client, mailboxId } = await connect();
    await control(sandbox, 'POST', '/faults', { ...CREATE, effect: { drop: 'after' }, when: { count: 1 } });
    const since = new Date((await sandboxTime(sandbox)) - 60_000);
    await assert.rejects(create(client, mailboxId, 'submission-1'), HelpScoutUncertain);
    const search = {
      mailboxId,
      customerEmail: 'submission-1@client.example',
      marker: 'submission-1',
      since,
      until: untilOf(since),
    };
    const found = await client.conversations.findByMarker(search);
    assert.equal((await client.conversations.get(found ?? 0)).subject, 'submission-1');
    assert.equal(await client.conversations.findByMarker({ ...search, marker: 'submission-2' }), null);
  });

  it('is found after it was moved to another mailbox, merged, or given to somebody else', async () => {
    const { sandbox, client, mailboxId } = await connect();
    const since = new Date((await sandboxTime(sandbox)) - 60_000);
    const merged = await create(client, mailboxId, 'submission-1');
    await control(sandbox, 'POST', `/conversations/${merged}/merge`, { into: 7002 });
    const search = {
      mailboxId,
      customerEmail: 'submission-1@client.example',
      marker: 'submission-1',
      since,
      until: untilOf(since),
    };
    assert.equal(await client.conversations.findByMarker(search), 7002);
    const id = await create(client, mailboxId, 'submission-2');
    const second = { ...search, marker: 'submission-2' };
    const moved = { ...second, customerEmail: 'submission-2@client.example', mailboxId: 999_999 };
    const given = { ...second, customerEmail: 'somebody.else@client.example' };
    assert.equal(await client.conversations.findByMarker(moved), id);
    assert.equal(await client.conversations.findByMarker(given), id);
  });

  it(`is neither lost nor doubled in ${SUBMISSIONS} repetitions, though lists lag behind`, async () => {
    const { sandbox, client, mailboxId } = await connect();
    const drops = [
      { drop: 'before', probability: 0.25, seed: 11 },
      { drop: 'after', probability: 0.4, seed: 12 },
    ];
    for (const { drop, ...when } of drops) {
      await control(sandbox, 'POST', '/faults', { ...CREATE, effect: { drop }, when });
    }
    const tally = { uncertain: 0, found: 0, sentAgain: 0, unseenAtFirst: 0 };

    /** What a caller does: look it up when lists are up to date, and only then send it again. */
    const submit = async (marker: string, lags: boolean): Promise<number> => {
      const since = new Date((await sandboxTime(sandbox)) - MARGIN_MS);
      const search = { mailboxId, customerEmail: `${marker}@client.example`, marker, since, until: untilOf(since) };
      for (;;) {
        try {
          return await create(client, mailboxId, marker);
        } catch (error) {
          assert(error instanceof HelpScoutUncertain, String(error));
          tally.uncertain++;
        }
        const early = lags ? await client.conversations.findByMarker(search) : null;
        assert.equal(early, null, 'the list lags behind');
        if (lags) await control(sandbox, 'PUT', '/clock', { advanceSeconds: LAG_MS / 1000 + 1 });
        const found = await client.conversations.findByMarker(search);
        if (found !== null) {
          tally.found++;
          if (lags) tally.unseenAtFirst++;
          return found;
        }
        tally.sentAgain++;
      }
    };

    const ids = new Map<string, number>();
    for (let count = 0; count < SUBMISSIONS; count++) {
      const lags = count >= SUBMISSIONS / 2;
      if (count === SUBMISSIONS / 2) await control(sandbox, 'PATCH', '/switches', { search: { lagMs: LAG_MS } });
      const marker = `submission-${count}`;
      ids.set(marker, await submit(marker, lags));
    }

    await control(sandbox, 'PUT', '/clock', { advanceSeconds: LAG_MS / 1000 + 1 });
    const written = await submissions(client, mailboxId);
    assert.deepEqual([...written].sort(), [...ids].sort());
    const journal = await journalOf(sandbox);
    const creates = journal.filter(({ method, template }) => method === 'POST' && template === CREATE.template);
    const committed = creates.filter(({ status, unsentStatus }) => status === 201 || unsentStatus === 201);
    assert.equal(committed.length, SUBMISSIONS);
    assert.equal(creates.length, SUBMISSIONS + tally.sentAgain);
    assert.equal(creates.filter(({ dropped }) => dropped === 'after').length, tally.found);
    for (const [name, count] of Object.entries(tally)) assert(count > 10, `${name}: ${count}`);
  });
});

const create = (client: HelpScoutClient, mailboxId: number, marker: string) =>
  client.conversations.create({
    mailboxId,
    subject: marker,
    customer: { email: `${marker}@client.example` },
    text: 'I would like a <b>dark</b> theme.',
    marker,
  });

const sandboxTime = async (sandbox: Sandbox): Promise<number> =>
  Date.parse(clockSchema.parse(await control(sandbox, 'GET', '/clock')).now);

/** Every submission that there is, by its subject. Fails when there are two of one. */
async function submissions(client: HelpScoutClient, mailboxId: number): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let cursor: ScanCursor | null = FIRST_PAGE; cursor !== null; ) {
    const { seen, ...rest }: ScanCursor = cursor;
    const query = { mailboxIds: [mailboxId], modifiedSince: '2000-01-01T00:00:00Z', ...rest };
    const page = await client.conversations.page(query);
    const items = page.items.filter((item) => 'createdAt' in item);
    for (const { id, subject } of items.filter((item) => !seen.includes(item.id))) {
      if (!subject?.startsWith('submission-')) continue;
      assert(!found.has(subject), `${subject} is there twice`);
      found.set(subject, id);
    }
    cursor = nextCursor(cursor, page);
  }
  return found;
}
