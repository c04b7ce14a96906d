import type { WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import type { Integration } from '../../domain/integration.ts';
import { isPeriod, type ScanPeriod } from '../../domain/scan-period.ts';
import { rescanPeriodUpdate, selectMailboxesUpdate } from '../../workflows/contract.ts';
import { askIntegration } from '../commands/ask-integration.ts';
import { ownIntegration } from '../readers/integration.ts';
import { createScanOutlook } from '../readers/scan-forecast.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { id } from './parameters.ts';
import { conflict } from './problems.ts';

const tag = 'Integrations';
const params = z.object({ integrationId: id('Of the integration.') });
const moment = z.iso.datetime({ offset: true });

const periodSchema = z
  .union([
    z.strictObject({ days: z.number().int().min(1).max(36_500) }),
    z.strictObject({ all: z.literal(true) }),
    z
      .strictObject({ from: moment, to: moment })
      .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'This must end after it begins.'),
  ])
  .meta({
    id: 'ScanPeriod',
    description: 'Conversations by when they were modified last: those of the last days, all, or between two moments.',
  });

const mailboxIds = z.array(z.number().int().positive()).min(1, 'Choose at least one mailbox.').max(500);
const optional = { period: periodSchema.optional().describe('Absent: the installation’s setting.') };

const toPeriod = (period: z.output<typeof periodSchema> | undefined): ScanPeriod | undefined => {
  const wish = period && 'from' in period ? { fromMs: Date.parse(period.from), toMs: Date.parse(period.to) } : period;
  return isPeriod(wish) ? wish : undefined;
};

/** @throws RequestProblem 409 for mailboxes that the account does not have */
function refuseUnknown({ mailboxes }: Integration, chosen: readonly number[]): void {
  const offered = new Set(mailboxes.map(({ mailboxId }) => mailboxId));
  if (chosen.every((mailboxId) => offered.has(mailboxId))) return;
  throw conflict('mailboxNotFound', 'One of these mailboxes is not the account’s.', 'Take them from the integration.');
}

const chooseMailboxes = apiEndpoint({
  method: 'put',
  path: '/api/v1/integrations/:integrationId/mailboxes',
  scope: 'settings:write',
  tag,
  summary: 'Choose the mailboxes that are read',
  description:
    'Those that are added are scanned, at once or after the scan under way; those that are removed are not read any more, and their insights stay. The same choice again changes nothing.',
  params,
  body: z.strictObject({ mailboxIds, ...optional }),
  response: z
    .object({
      scanNumber: z.number().int().nullable().describe('Of the scan that has begun; null where none has.'),
      added: z.array(z.number().int()),
      removed: z.array(z.number().int()),
    })
    .meta({ id: 'MailboxesSelected' }),
  problems: { 409: ['notPossibleNow', 'mailboxNotFound'] },
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { integrationId }, body }) => {
      refuseUnknown(await ownIntegration(deps.storage, organizationId, integrationId), body.mailboxIds);
      const period = toPeriod(body.period);
      const choice = { mailboxIds: [...new Set(body.mailboxIds)], ...(period && { period }) };
      const answer = await askIntegration(deps, organizationId, integrationId, {
        ...{ action: 'chose mailboxes', by: caller.by, details: choice.mailboxIds.join(', ') },
        update: (workflow: WorkflowHandle) => workflow.executeUpdate(selectMailboxesUpdate, { args: [choice] }),
      });
      if (!answer.granted) throw conflict(answer.code ?? 'notPossibleNow', answer.message, answer.remedy);
      return answer.value;
    },
});

const rescan = apiEndpoint({
  method: 'post',
  path: '/api/v1/integrations/:integrationId/rescan',
  scope: 'settings:write',
  tag,
  summary: 'Scan an integration’s mailboxes again',
  params,
  body: z.strictObject(optional).optional(),
  response: z.object({ scanNumber: z.number().int() }).meta({ id: 'ScanStarted' }),
  problems: { 409: ['notPossibleNow'] },
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { integrationId }, body }) => {
      const period = toPeriod(body?.period);
      const answer = await askIntegration(deps, organizationId, integrationId, {
        ...{ action: 'began a scan', by: caller.by },
        update: (workflow: WorkflowHandle) =>
          workflow.executeUpdate(rescanPeriodUpdate, { args: [period ? { period } : {}] }),
      });
      if (!answer.granted) throw conflict(answer.code ?? 'notPossibleNow', answer.message, answer.remedy);
      return answer.value;
    },
});

const estimateScan = apiEndpoint({
  method: 'post',
  path: '/api/v1/integrations/:integrationId/estimate',
  scope: 'settings:write',
  tag,
  summary: 'Estimate a scan before it is started',
  description: 'Help Scout is asked how much there is: one or two calls a mailbox. Nothing is read or paid.',
  params,
  body: z.strictObject({ mailboxIds, ...optional }),
  response: z
    .object({
      conversations: z.number().int(),
      mailboxes: z.array(z.object({ mailboxId: z.number().int(), conversations: z.number().int() })),
      calls: z.number().int().describe('To Help Scout.'),
      minutes: z.number().nullable().describe('At the account’s limit; null where that is not known yet.'),
      callsPerMinute: z.number().nullable(),
      paid: z
        .object({
          model: z.string(),
          tokens: z.number().int(),
          costUsd: z.number().nullable().describe('Null where the model’s price is not known.'),
          batches: z.boolean(),
          dailyCapUsd: z.number().nullable(),
        })
        .nullable()
        .describe('Null where the offline model answers.'),
    })
    .meta({ id: 'ScanOutlook' }),
  problems: { 409: ['notPossibleNow', 'mailboxNotFound'] },
  handler: (deps) => {
    const outlookOf = createScanOutlook(deps);
    return async ({ organizationId, params: { integrationId }, body }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      refuseUnknown(integration, body.mailboxIds);
      const period = toPeriod(body.period) ?? { days: deps.config.settings.scanWindowDays };
      const answer = await outlookOf(integration, { mailboxIds: [...new Set(body.mailboxIds)], period });
      if (!answer.granted) throw conflict(answer.code ?? 'notPossibleNow', answer.message, answer.remedy);
      return answer.value;
    };
  },
});

export const scanApi = [chooseMailboxes, rescan, estimateScan];
