import { z } from 'zod';
import { FEWEST_CASES } from '../../../domain/retraining.ts';
import { mayReadMessages } from '../../../domain/roles.ts';
import { roleFor } from '../../../security/permissions.ts';
import { QualityPage, RegressionCasesPage } from '../../../ui/index.ts';
import { QUALITY_PATH } from '../../../ui/links.ts';
import { startRetraining } from '../../commands/start-retraining.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { roleTooLow } from '../../errors.ts';
import { caseRows, casesAsJsonl } from '../../readers/case-rows.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { qualityCard } from '../../readers/quality-card.ts';
import { queryCursor } from '../../readers/query-values.ts';
import { page, redirect, stream } from '../../reply.ts';

const CASES = 50;
const CASES_PATH = `${QUALITY_PATH}/cases`;

const showQuality = memberEndpoint({
  method: 'get',
  path: QUALITY_PATH,
  access: roleFor('seeInsights'),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, organization: { timeZone }, shell }) => {
      const card = await qualityCard(storage, organizationId, { now: now(), timeZone });
      return page(QualityPage({ shell: await shell(), ...card }));
    },
});

const showCases = memberEndpoint({
  method: 'get',
  path: CASES_PATH,
  access: roleFor('changeInsights'),
  query: z.object({ before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, query: { before }, shell }) => {
      const cursor = textCursor(before);
      const { cases, next } = await storage.regressionCases.list(organizationId, {
        limit: CASES,
        ...(cursor && { cursor }),
      });
      const rows = await caseRows(storage, organizationId, cases);
      const older = writeCursor(next);
      return page(
        RegressionCasesPage({ shell: await shell(), rows, before, older, mayExport: mayReadMessages(member.role) }),
      );
    },
});

const exportCases = memberEndpoint({
  method: 'get',
  path: `${CASES_PATH}/export.jsonl`,
  access: roleFor('changeInsights'),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, member }) => {
      if (!mayReadMessages(member.role)) throw roleTooLow();
      const fileName = 'regression-cases.jsonl';
      await storage.auditTrail.record(organizationId, {
        at: now(),
        by: member.email,
        action: 'exported regression cases',
        target: fileName,
      });
      return stream(casesAsJsonl(storage, organizationId), {
        'Content-Type': 'application/jsonl; charset=utf-8',
        'Content-Disposition': `attachment; filename="${fileName}"`,
      });
    },
});

const retrain = memberEndpoint({
  method: 'post',
  path: `${QUALITY_PATH}/retrain`,
  access: roleFor('manageInsights'),
  handler:
    (deps) =>
    async ({ organizationId, member }) => {
      const started = await startRetraining(deps, organizationId, member.email);
      const text = started
        ? 'Training has begun. This page says what came of it.'
        : `It takes ${FEWEST_CASES} judged conversations.`;
      return redirect(`${QUALITY_PATH}#retrain-heading`, { kind: started ? 'success' : 'info', text });
    },
});

const undoRetrain = memberEndpoint({
  method: 'post',
  path: `${QUALITY_PATH}/retrain/undo`,
  access: roleFor('manageInsights'),
  body: z.object({ version: z.coerce.number().int().positive() }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, member, body: { version } }) => {
      const at = now();
      const undone = await storage.organizationModels.undo(organizationId, version, member.email, at);
      if (undone) {
        const entry = { at, by: member.email, action: 'took back a model', target: `model ${version}` };
        await storage.auditTrail.record(organizationId, entry);
      }
      const text = undone ? `Model ${version} is no longer used.` : 'This model is not the one in force.';
      return redirect(`${QUALITY_PATH}#retrain-heading`, { kind: undone ? 'success' : 'info', text });
    },
});

export const qualityEndpoints: readonly Endpoint[] = [showQuality, showCases, exportCases, retrain, undoRetrain];
