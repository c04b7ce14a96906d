import { Readable } from 'node:stream';
import { changeRecord } from '../../src/api/commands/change-record.ts';
import { applyCustomerSchedule } from '../../src/api/commands/customer-schedule.ts';
import { receiveCustomers } from '../../src/api/commands/receive-customers.ts';
import { startErasure } from '../../src/api/commands/start-erasure.ts';
import { startWhatIf } from '../../src/api/commands/start-what-if.ts';
import { whatIfSettingsSchema } from '../../src/domain/what-if.ts';
import {
  connectDocsUpdate,
  customerBatchWorkflowId,
  customerImportWorkflowId,
  docsSyncWorkflowId,
  eraseWorkflowId,
  integrationWorkflowId,
  mapDocsUpdate,
  whatIfWorkflowId,
} from '../../src/workflows/contract.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import { until } from '../support/until.ts';
import { BY, commandDeps, recordOf } from './play-outbound.ts';

const DAY_MS = 86_400_000;

/** Help articles, the check of an outcome, a what-if, an upload of customers, and one of them erased. */
export async function playUpkeep(running: RunningStack, integrationId: string): Promise<void> {
  await playHelpArticles(running, integrationId);
  await playOutcomeCheck(running, integrationId);
  await playWhatIf(running);
  await playUpload(running);
  await playErasure(running);
}

const resultOf = ({ temporal }: RunningStack, workflowId: string) => temporal.workflow.getHandle(workflowId).result();

async function playHelpArticles(running: RunningStack, integrationId: string) {
  const { storage, temporal, stack, organizationId } = running;
  const binding = { organizationId, integrationId, purpose: 'docsKey' as const };
  const ciphertext = commandDeps(running).keyRing.encrypt(stack.sandboxDocsApiKey ?? '', binding);
  await storage.integrations.enterDocsKey(organizationId, integrationId, ciphertext);
  const integration = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
  const { collections } = await integration.executeUpdate(connectDocsUpdate);
  const collectionIds = collections.slice(0, 2).map(({ collectionId }) => collectionId);
  await integration.executeUpdate(mapDocsUpdate, { args: [{ collectionIds }] });
  await resultOf(running, docsSyncWorkflowId(integrationId));
}

/** Done so long ago that the check is due in a few seconds. */
async function playOutcomeCheck(running: RunningStack, integrationId: string) {
  const { storage, organizationId } = running;
  const record = await recordOf(running, integrationId);
  const { outcomeCheckDays } = (await storage.settings.get(organizationId)).insights;
  const fixedAt = new Date(Date.now() - outcomeCheckDays * DAY_MS + 5_000);
  await changeRecord(commandDeps(running), organizationId, record, { status: 'done', fixedAt }, BY);
  const checked = async () =>
    (await storage.issueRecords.byId(organizationId, record.recordId))?.resolution?.outcome != null;
  await until(checked, { what: 'the outcome', timeoutMs: 60_000 });
}

async function playWhatIf(running: RunningStack) {
  const { storage, organizationId } = running;
  const draft = await storage.taxonomies.current(organizationId);
  const { insights } = await storage.settings.get(organizationId);
  const settings = { ...whatIfSettingsSchema.parse(insights), reviewBelow: 0.1 };
  const wish = { days: 90, version: draft.version, draft, settings };
  const started = await startWhatIf(commandDeps(running), organizationId, BY, wish);
  if (started.kind !== 'started') throw new Error(`The what-if was not started: ${started.kind}`);
  await resultOf(running, whatIfWorkflowId(started.whatIfId));
}

async function playUpload(running: RunningStack) {
  const { temporal, organizationId } = running;
  const lines = ['externalId,email', 'crm-2,zoe@client.example', 'crm-3,yan@client.example', 'crm-4,nothing'];
  const chunks = Readable.from([Buffer.from(lines.join('\n'))]);
  const upload = { createdBy: BY, fileName: 'customers.csv', format: 'csv' as const, chunks };
  const { importId } = await receiveCustomers(commandDeps(running), organizationId, upload);
  await resultOf(running, customerImportWorkflowId(importId));
  await applyCustomerSchedule(temporal, organizationId, 'realTime');
  await resultOf(running, customerBatchWorkflowId(organizationId));
}

/** Of somebody whom nothing else here is about: what was played is to be recorded. */
async function playErasure(running: RunningStack) {
  const { organizationId } = running;
  const who = { organizationId, memberId: 'member-1', by: BY };
  const wish = { kind: 'customer' as const, address: 'zoe@client.example', refusesLater: true };
  const erasureId = await startErasure(commandDeps(running), who, wish, 1_000);
  await resultOf(running, eraseWorkflowId(organizationId, erasureId));
}
