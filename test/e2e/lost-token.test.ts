import assert from 'node:assert/strict';
import { integrationWorkflowId, tokenRejectedSignal } from '../../src/workflows/contract.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

describe('a token that is lost on its way', function () {
  this.timeout(240_000);
  let running: RunningStack;
  before(async () => {
    running = await startRunningStack({ corpus: [{ id: 'c-1', text: 'The export fails.' }] });
  });
  after(async () => {
    await running?.stop();
  });

  it('is noticed and said, and reconnecting goes on as before', async () => {
    const { connect, reconnect, untilScanned, control, storage, temporal, organizationId } = running;
    const integrationId = await connect();
    await untilScanned(integrationId);
    const stateIs = (state: string) => async () =>
      (await storage.integrations.get(organizationId, integrationId))?.state === state;
    await until(stateIs('live'), { what: 'the connection' });

    // Help Scout issues a new pair, and the connection breaks before it arrives.
    await control('POST', '/faults', { api: 'token', effect: { drop: 'after' }, when: { count: 1 } });
    const tokenVersion = (await storage.integrations.secrets(organizationId, integrationId))?.tokenVersion ?? 0;
    const handle = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
    await handle.signal(tokenRejectedSignal, { tokenVersion });

    await until(stateIs('needsReauthorization'), { what: 'the notice' });
    const rows = async () => (await storage.syncEvents.list(organizationId, {}, { limit: 20 })).events;
    await until(async () => (await rows()).some(({ type }) => type === 'reauthorizationNeeded'), { what: 'the row' });

    await reconnect(integrationId);
    await until(stateIs('live'), { what: 'the new connection' });
    const notice = async () => (await rows()).find(({ type }) => type === 'reauthorizationNeeded');
    await until(async () => (await notice())?.status === 'success', { what: 'the row to be settled' });
    const renewed = (await storage.integrations.secrets(organizationId, integrationId))?.tokenVersion ?? 0;
    await handle.signal(tokenRejectedSignal, { tokenVersion: renewed });
    await until(
      async () => ((await storage.integrations.secrets(organizationId, integrationId))?.tokenVersion ?? 0) > renewed,
      { what: 'the next refresh' },
    );
    assert.ok(await stateIs('live')());
  });
});
