import assert from 'node:assert/strict';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';
import { historiesOf, logsOf, secretsOf } from './what-is-stored.ts';

const CONVERSATION = 7001;

describe('a sync that failed', function () {
  this.timeout(240_000);
  let running: RunningStack;
  let integrationId: string;
  before(async () => {
    running = await startRunningStack({
      corpus: [
        { id: 'a', text: 'The export fails with error 500 since Monday.', customerEmail: 'ada@client.example' },
        { id: 'b', text: 'Could you please add a dark mode?', customerEmail: 'bob@client.example' },
      ],
    });
    integrationId = await running.connect();
    await running.untilScanned(integrationId);
  });
  after(async () => {
    await running?.stop();
  });

  const rows = async () => {
    const { storage, organizationId } = running;
    return (await storage.syncEvents.list(organizationId, { conversationId: CONVERSATION }, { limit: 10 })).events;
  };
  const failTheNextRead = async () => {
    await running.forbid(CONVERSATION);
    await running.control('POST', `/conversations/${CONVERSATION}/messages`, {
      type: 'customer',
      text: 'It still fails!',
    });
    const failed = async () => (await rows()).some(({ status }) => status === 'failed');
    await until(failed, { what: 'the row to fail', timeoutMs: 120_000 });
    return (await rows()).find(({ status }) => status === 'failed');
  };

  it('shows cause and remedy, is found by conversation id, and is retried by Temporal Web’s own call', async function () {
    if (!chromeIsHere()) this.skip();
    const row = await failTheNextRead();
    assert(row);
    assert.equal(row.error?.code, 'forbidden');
    assert.match(row.error.message, /not allowed/);
    assert.match(row.error.remedy, /then retry/);
    assert.equal(row.type, 'conversationUpdated');
    assert.equal(row.customerEmail, 'ada@client.example');

    await running.allow();
    const chrome = await openChrome();
    try {
      const page = await chrome.newPage();
      const query = `HelpScoutConversationId="${CONVERSATION}" AND SyncStatus="failed"`;
      await page.goto(
        `${running.stack.urls.temporalUi}/namespaces/default/workflows?query=${encodeURIComponent(query)}`,
      );
      await page.getByRole('link', { name: row.workflowId }).first().click();
      // What is encrypted is shown in the clear: Temporal Web asks the web app to decrypt it.
      await page.getByRole('tab', { name: 'User Metadata' }).click();
      const details = page.locator('iframe').last().contentFrame();
      await details.getByText('The connected Help Scout user is not allowed').waitFor();
      await page.getByRole('button', { name: 'More Actions' }).click();
      await page.getByRole('menuitem', { name: 'Send a Signal' }).click();
      await page.getByTestId('signal-select-button').locator('visible=true').click();
      await page
        .getByRole('option', { name: /^retry/ })
        .locator('visible=true')
        .click();
      await page.getByRole('button', { name: 'Submit' }).locator('visible=true').click();
      const settled = async () => (await rows()).find(({ eventId }) => eventId === row.eventId)?.status === 'success';
      await until(settled, { what: 'the row to succeed', timeoutMs: 60_000 });
    } finally {
      await chrome.close();
    }
    const settled = (await rows()).find(({ eventId }) => eventId === row.eventId);
    assert.equal(settled?.error, null);
    assert.deepEqual(
      settled?.attempts.map(({ by, outcome }) => [by, outcome]),
      [
        ['automatic', 'failed'],
        ['Temporal Web', 'success'],
      ],
    );
    const { stored, decrypted } = await historiesOf(running);
    const ofTheRow = Object.keys(decrypted).filter((place) => place.startsWith(`history of ${row.workflowId} `));
    const inItsHistory = (words: string) => ofTheRow.some((place) => decrypted[place]?.includes(words));
    assert(inItsHistory('forbidden'));
    const forbidden = [...(await secretsOf(running)), 'It still fails!'];
    const logs = await logsOf(running);
    for (const [place, text] of Object.entries({ ...decrypted, ...logs })) {
      for (const words of forbidden) assert(!text.includes(words), `${place} holds what it must not`);
    }
    // The row of the log names the customer, and is in the history: for those with the key alone.
    assert(inItsHistory('ada@client.example'));
    for (const [place, text] of Object.entries({ ...stored, ...logs })) {
      assert(!text.includes('ada@client.example'), `${place} shows a customer's address`);
    }
    const { storage, organizationId } = running;
    assert.equal((await storage.insights.get(organizationId, CONVERSATION))?.revision, 2);
  });
});
