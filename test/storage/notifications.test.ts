import assert from 'node:assert/strict';
import { useStorage } from '../support/storage.ts';

describe('stored notifications', function () {
  this.timeout(60_000);
  const storage = useStorage();

  const START = Date.now() - 3600_000;
  const one = (number: number, notificationId = `n${number}`) => ({
    notificationId,
    kind: 'alert' as const,
    text: `Number ${number}`,
    href: '/x',
    at: new Date(START + number * 1000),
  });

  it('are added once, however often and from wherever', async () => {
    const added = await Promise.all([1, 2, 3, 4].map(() => storage.notifications.add('once', one(1))));
    assert.equal(added.filter(Boolean).length, 1);
    await storage.notifications.add('other', { ...one(1), text: 'Not ours' });
    const { notifications } = await storage.notifications.list('once', { limit: 10 });
    assert.deepEqual(notifications, [one(1)]);
  });

  it('are listed newest first, page by page', async () => {
    for (const number of [3, 1, 2]) await storage.notifications.add('paged', one(number));
    const first = await storage.notifications.list('paged', { limit: 2 });
    assert.deepEqual(
      first.notifications.map(({ text }) => text),
      ['Number 3', 'Number 2'],
    );
    assert.ok(first.next);
    const second = await storage.notifications.list('paged', { limit: 2, cursor: first.next });
    assert.deepEqual(
      second.notifications.map(({ text }) => text),
      ['Number 1'],
    );
    assert.equal(second.next, null);
  });

  it('are read by each member apart, and what comes later is not', async () => {
    const { notifications } = storage;
    await notifications.add('read', one(1));
    await notifications.add('read', one(2));
    assert.equal(await notifications.unreadCount('read', 'ada'), 2);
    await notifications.markRead('read', 'ada', one(2).at);
    await notifications.add('read', one(3));
    assert.equal(await notifications.unreadCount('read', 'ada'), 1);
    assert.equal(await notifications.unreadCount('read', 'ben'), 3);
    // A page that was open for long does not bring back what another one has read.
    await notifications.markRead('read', 'ada', one(1).at);
    assert.equal(await notifications.unreadCount('read', 'ada'), 1);
  });
});
