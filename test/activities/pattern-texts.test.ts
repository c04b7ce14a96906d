import assert from 'node:assert/strict';
import { describeStalePatterns } from '../../src/activities/pattern-texts.ts';
import { splitPattern } from '../../src/api/commands/patterns/split-pattern.ts';
import { createPeopleAndRuns, member } from '../storage/patterns/people-and-runs.ts';
import { useStorage } from '../support/storage.ts';

describe('patterns that a person split', () => {
  const storage = useStorage();

  it('are put into words anew, and new messages find them', async () => {
    const organizationId = 'acme';
    const here = createPeopleAndRuns(storage, organizationId);
    for (const id of [1, 2]) await here.run(id, 'printer');
    const createdAt = new Date('2026-03-01T08:00:00Z');
    const texts = ['The export of invoices stops half-way.', 'The label printer shows a paper jam all the time.'];
    await storage.conversations.saveAll(
      organizationId,
      texts.map((text, index) => ({
        ...{
          organizationId,
          integrationId: 'i1',
          conversationId: index + 1,
          number: index + 1,
          mailboxId: 1,
          createdAt,
        },
        ...{
          subject: 'Help',
          status: 'active',
          customer: { kind: 'customer', name: 'Ann', email: 'ann@client.example' },
        },
        ...{ webUrl: 'https://secure.helpscout.example/1', contentHash: 'h', importedAt: createdAt },
        threads: [{ threadId: 1, type: 'customer', author: { kind: 'customer', name: 'Ann' }, text, createdAt }],
      })),
    );
    const { change } = await splitPattern(here.deps, here.decider(), {
      patternId: 'i1-1',
      members: [member(2)],
      to: null,
    });
    assert.ok(change.kind === 'split');
    await describeStalePatterns(storage, { organizationId, integrationId: 'i1' });
    const [whole, apart] = await Promise.all(['i1-1', change.to].map((id) => storage.patterns.get(organizationId, id)));
    assert.match(whole?.title ?? '', /export of invoices/);
    assert.match(apart?.title ?? '', /label printer/);
    const found = await storage.patterns.candidates(organizationId, 'i1', ['jam']);
    assert.deepEqual(
      found.map(({ patternId }) => patternId),
      [change.to],
    );
    assert.deepEqual(await storage.patterns.stale(organizationId, 'i1', 10), []);
  });
});
