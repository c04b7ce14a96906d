import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { CursorPager } from '../../components/pager.tsx';
import { TableHead } from '../../components/table.tsx';
import { plural } from '../../format.ts';
import { AUDIT_TRAIL_PATH, HELPSCOUT_SETTINGS_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /settings/helpscout/audit-trail. Query: `before` (cursor). */
export interface AuditTrailPageProps {
  shell: Shell;
  /** Newest first. */
  entries: readonly { entryId: string; at: Date; by: string; action: string; target: string; details: string }[];
  before: string | null;
  older: string | null;
  /** Days that entries are kept. */
  keptDays: number;
}

/** Who changed what, apart from the log and kept longer. */
export function AuditTrailPage({ shell, entries, before, older, keptDays }: AuditTrailPageProps) {
  return (
    <Page shell={shell} title="Audit trail">
      <PageHead
        back={{ href: HELPSCOUT_SETTINGS_PATH, text: 'HelpScout Settings' }}
        title="Audit trail"
        lead={`Who changed, retried, dismissed or exported what. Entries are kept for ${plural(keptDays, 'day')}.`}
      />
      {entries.length === 0 ? (
        <EmptyCard icon="clock" title={before ? 'Nothing is older' : 'Nothing was changed yet'}>
          <p>Changes of settings, retries, dismissals and exports leave an entry here.</p>
        </EmptyCard>
      ) : (
        <div class="card flush">
          <table class="stack">
            <caption class="visually-hidden">{plural(entries.length, 'entry', 'entries')}</caption>
            <TableHead columns={['Time', 'Who', 'What', 'To what', 'Details']} />
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.entryId}>
                  <td class="nowrap">
                    <Time at={entry.at} clock={shell} exact />
                  </td>
                  <td data-label="Who">{entry.by}</td>
                  <td data-label="What">{entry.action}</td>
                  <td class="long-text" data-label="To">
                    {entry.target}
                  </td>
                  <td class="long-text">{entry.details}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CursorPager path={AUDIT_TRAIL_PATH} filter={{ before }} older={older} />
    </Page>
  );
}
