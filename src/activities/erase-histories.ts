import { getClient, heartbeat } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { startAnewSignal } from '../workflows/erase-contract.ts';

/** Histories that are fetched at once. */
const AT_ONCE = 8;
const NOT_FOUND = 5;

/** What is to be found in histories, decrypted; of two tests the second is for workflows that still run. */
export interface HistoryNeedles {
  has: (text: string) => boolean;
  /** Whether a workflow that runs is this customer's own business; a mere name is no reason to end one. */
  endsOpen: (text: string) => boolean;
}

export interface HistoriesErased {
  ended: number;
  /** Their runs' ids. Temporal shows one for up to a minute longer, so that the next looks may find it again. */
  deleted: string[];
  /** Workflows that run, hold something, and cannot be ended: they are looked at again. */
  left: number;
}

/** Workflows of one row each: they may be ended with the customer whose row it is. */
const OF_ONE_ROW = ['ticketSync', 'customerSync', 'closeLoop', 'conversationSync', 'outcomeCheck'];

interface Run {
  workflowId: string;
  runId: string;
  type: string;
  isOpen: boolean;
}

/** Every run that Temporal knows of an organization, and of those that belong to none, for what they may hold of it. */
async function* runsOf(client: Client, organizationId: string): AsyncGenerator<Run> {
  for (const query of [`OrganizationId = '${organizationId}'`, 'OrganizationId IS NULL']) {
    for await (const { workflowId, runId, type, status } of client.workflow.list({ query })) {
      if (type !== 'erase') yield { workflowId, runId, type, isOpen: status.name === 'RUNNING' };
    }
  }
}

/** Deletes the histories of an organization's workflows that hold something, and ends those of them that may be ended. */
export async function eraseHistories(
  organizationId: string,
  needles: HistoryNeedles,
  { endsAll }: { endsAll: boolean },
): Promise<HistoriesErased> {
  const client = getClient();
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  const counted: HistoriesErased = { ended: 0, deleted: [], left: 0 };
  const look = async (run: Run): Promise<void> => {
    const text = await historyText(client, codecs, run);
    heartbeat();
    if (text === null || !needles.has(text)) return;
    if (!run.isOpen) {
      if (await deleteRun(client, run)) counted.deleted.push(run.runId);
    } else if (endsAll || (OF_ONE_ROW.includes(run.type) && needles.endsOpen(text))) {
      await client.workflow
        .getHandle(run.workflowId, run.runId)
        .terminate('What it is about was erased.')
        .catch(unlessGone);
      counted.ended += 1;
      // Closed at once; deleted by the next look if Temporal has not caught up yet.
      if (await deleteRun(client, run)) counted.deleted.push(run.runId);
    } else {
      if (run.type === 'integration') {
        await client.workflow.getHandle(run.workflowId, run.runId).signal(startAnewSignal).catch(unlessGone);
      }
      counted.left += 1;
    }
  };
  let some: Run[] = [];
  for await (const run of runsOf(client, organizationId)) {
    some.push(run);
    if (some.length < AT_ONCE) continue;
    await Promise.all(some.map(look));
    some = [];
  }
  await Promise.all(some.map(look));
  return counted;
}

/** Removes a closed run for good. @returns false when it was gone already */
async function deleteRun(client: Client, { workflowId, runId }: Run): Promise<boolean> {
  try {
    await client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
    });
    return true;
  } catch (error) {
    unlessGone(error);
    return false;
  }
}

const isGone = (error: unknown) =>
  error instanceof WorkflowNotFoundError ||
  (typeof error === 'object' && error !== null && 'code' in error && error.code === NOT_FOUND);

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error;
}

/** All text of a history with its payloads decrypted; null when it is gone. */
async function historyText(client: Client, codecs: readonly PayloadCodec[], run: Run): Promise<string | null> {
  try {
    const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    return (await textIn(history, codecs)).join('\n').replaceAll('\\', '');
  } catch (error) {
    unlessGone(error);
    return null;
  }
}

async function textIn(value: unknown, codecs: readonly PayloadCodec[]): Promise<string[]> {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  if (isPayload(value)) {
    let payloads: Payload[] = [value];
    for (const codec of [...codecs].reverse()) payloads = await codec.decode(payloads);
    return payloads.map(({ data }) => Buffer.from(data ?? []).toString('utf8'));
  }
  const texts: string[] = [];
  for (const part of Object.values(value)) texts.push(...(await textIn(part, codecs)));
  return texts;
}

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value;
