import { z } from 'zod';
import { MOST_PER_MINUTE } from '../../../domain/retry-run.ts';
import { roleFor } from '../../../security/permissions.ts';
import { FAILURES_PATH, retryRunHref } from '../../../ui/links.ts';
import { startRetryRun } from '../../commands/start-retry-run.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { causeQuery } from '../../readers/failures.ts';
import { idParam, repeated } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';

const body = causeQuery.extend({
  eventIds: repeated(idParam),
  canary: z.string().optional(),
  /** `once`: without a preview to be approved, for a single row. */
  at: z.string().optional(),
  perMinute: z.coerce.number().int().min(1).max(MOST_PER_MINUTE).catch(60),
});

/** Begins a retry of the ticked rows, or of all of a cause when none is ticked: its page shows what would be sent. */
export const startRun = memberEndpoint({
  method: 'post',
  path: `${FAILURES_PATH}/runs`,
  access: roleFor('retrySyncs'),
  body,
  handler:
    (deps) =>
    async ({ organizationId, member, body: { code, type, eventIds, canary, at, perMinute } }) => {
      const run = await startRetryRun(deps, {
        organizationId,
        by: member.email,
        selection: {
          ...(code && { code }),
          ...(type && { type }),
          ...(eventIds.length > 0 && { eventIds }),
        },
        canary: canary !== undefined,
        perMinute,
        review: at !== 'once',
      });
      if (run) return redirect(retryRunHref(run.retryRunId));
      return redirect(FAILURES_PATH, { kind: 'info', text: 'None of these rows waits for a decision any more.' });
    },
});
