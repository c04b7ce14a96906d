import assert from 'node:assert/strict';
import { HelpScoutNotFound } from '../../src/helpscout/errors.ts';
import { markerLine, searchMarker } from '../../src/helpscout/resources/conversation-marker.ts';
import type { ApiConversation, ApiThread, ListedConversation } from '../../src/helpscout/schemas.ts';

const CREATED_AT = '2026-03-01T09:30:00Z';
const SEARCH = { mailboxId: 1, customerEmail: 'lin@client.example', marker: 'submission-1' };
const TIME = { since: new Date(0), until: new Date('2026-03-02T00:00:00Z') };

const thread = (body: string): ApiThread => ({ id: 1, type: 'customer', createdAt: CREATED_AT, body, _embedded: null });
const conversation = (id: number, ...threads: ApiThread[]): ApiConversation => ({
  ...{ id, number: id, threads: threads.length, type: 'email', status: 'active', mailboxId: 1, createdAt: CREATED_AT },
  ...{ userUpdatedAt: null, customerWaitingSince: null, tags: null },
  _embedded: { threads },
});

/** Looks for the marker in an account with these; what the list has only in part is in `whole`. */
const find = (items: ListedConversation[], ...whole: ApiConversation[]) => {
  const read = async (id: number) => {
    const found = whole.find((candidate) => candidate.id === id);
    if (!found) throw new HelpScoutNotFound('not found', { endpoint: 'GET x' });
    return found;
  };
  const reading = {
    page: async () => ({ items, total: items.length, pages: 1 }),
    get: read,
    threads: async (id: number) => (await read(id))._embedded?.threads ?? [],
  };
  return searchMarker(reading, { ...SEARCH, ...TIME });
};

describe('search for a marker', () => {
  it('finds its line wherever it stands in a body', async () => {
    const line = markerLine('submission-1');
    for (const body of [
      line,
      `It fails.<br><br>${line}`,
      `<p>${line}</p>and more`,
      `<blockquote>Reference:&nbsp;submission&#45;1.</blockquote>`,
      'Reference:\n  <b>submission-1</b>',
    ]) {
      assert.equal(await find([conversation(5, thread('other')), conversation(7, thread(body))]), 7, body);
    }
    for (const body of ['', 'submission-1', `${line}1`, `${line}.2`, `${line}-a`]) {
      assert.equal(await find([conversation(7, thread(body))]), null, body);
    }
  });

  it('overlooks none that the list shows only in part', async () => {
    const ours = conversation(7, thread(markerLine('submission-1')));
    assert.equal(await find([{ id: 7, unreadable: true }], ours), 7);
    assert.equal(await find([{ ...ours, _embedded: null }], ours), 7);
    assert.equal(await find([{ id: 6, unreadable: true }, ours]), 7, 'one is gone by now');
  });

  it('takes no long time for a mail of many nested elements', async () => {
    const hostile = `${'<a><b>'.repeat(100_000)}${'</i>'.repeat(100_000)}`;
    assert.equal(await find([conversation(5, thread(hostile)), conversation(7, thread('Reference: submission-1'))]), 7);
  });
});
