import { roleFor } from '../../../security/permissions.ts';
import { LOG_PATH } from '../../../ui/links.ts';
import type { Shell } from '../../../ui/props.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { dayOf } from '../../readers/calendar.ts';
import { logAsCsv, logAsNdjson } from '../../readers/log-export.ts';
import { logQuery, logSelection } from '../../readers/log-query.ts';
import { stream } from '../../reply.ts';

const FORMATS = {
  csv: { write: logAsCsv, contentType: 'text/csv; charset=utf-8' },
  ndjson: { write: logAsNdjson, contentType: 'application/x-ndjson; charset=utf-8' },
} as const;

/** All rows of a filter as a file, however many there are. */
const exportLog = (format: keyof typeof FORMATS) =>
  memberEndpoint({
    method: 'get',
    path: `${LOG_PATH}/export.${format}`,
    access: roleFor('seeLog'),
    query: logQuery,
    handler:
      ({ storage, now }) =>
      async ({ organizationId, organization: { timeZone }, member, query }) => {
        const clock = { now: now(), timeZone };
        const { wanted } = logSelection(query, clock);
        const { write, contentType } = FORMATS[format];
        const fileName = `${fileStem(wanted, clock)}.${format}`;
        await storage.auditTrail.record(organizationId, {
          at: clock.now,
          by: member.email,
          action: 'exported the log',
          target: fileName,
        });
        return stream(write({ storage, timeZone }, organizationId, wanted), {
          'Content-Type': contentType,
          'Content-Disposition': `attachment; filename="${fileName}"`,
        });
      },
  });

type Wanted = ReturnType<typeof logSelection>['wanted'];

/** `helpscout-log_2026-11-05_2026-11-12`: the days of the range, in the organization's time zone. */
function fileStem({ from, to }: Wanted, { now, timeZone }: Pick<Shell, 'now' | 'timeZone'>): string {
  const last = to && to < now ? new Date(to.getTime() - 1) : now;
  return `helpscout-log_${from ? dayOf(from, timeZone) : 'beginning'}_${dayOf(last, timeZone)}`;
}

export const exportEndpoints = [exportLog('csv'), exportLog('ndjson')];
