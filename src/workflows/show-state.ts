import { patched, setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from './contract.ts';
import type { IntegrationMemory } from './integration-memory.ts';
import { integrationLine, integrationWaitsFor } from './status-lines.ts';

/** Shows in Temporal Web what the integration does or waits for: as its current details, and to search by. */
export function showState(memory: IntegrationMemory): void {
  setCurrentDetails(integrationLine(memory));
  if (!patched('stateAttributes')) return; // those that began earlier go on without
  const { typedSearchAttributes } = workflowInfo();
  const { integrationState, waitingFor } = SEARCH_ATTRIBUTES;
  const wanted = [
    { key: integrationState, value: memory.state },
    { key: waitingFor, value: integrationWaitsFor(memory) },
  ];
  const changed = wanted.filter(({ key, value }) => typedSearchAttributes.get(key) !== value);
  if (changed.length > 0) upsertSearchAttributes(changed);
}
