import { Client, Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';
import { waitUntil } from '../wait-until.ts';

/** Visibility is written a moment after what it describes. */
const VISIBILITY_TIMEOUT_MS = 15_000;

/** History events of all runs of an integration's workflows, the running ones as long as they are by now. */
export async function countTemporalEvents(address: string, namespace: string, integrationId: string): Promise<number> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection, namespace });
    const query = `${SEARCH_ATTRIBUTES.integrationId.name} = '${integrationId}'`;
    const runs = async () => {
      const found = [];
      for await (const run of workflow.list({ query })) found.push({ workflowId: run.workflowId, runId: run.runId });
      return found;
    };
    await waitUntil(async () => (await runs()).length > 0, { what: 'visibility', timeoutMs: VISIBILITY_TIMEOUT_MS });
    let events = 0;
    for (const { workflowId, runId } of await runs()) {
      events += (await workflow.getHandle(workflowId, runId).describe()).historyLength;
    }
    return events;
  } finally {
    await connection.close();
  }
}
