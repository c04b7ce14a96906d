import { PageHead } from '../components/content.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount, plural } from '../format.ts';
import { LOG_PATH } from '../links.ts';
import type { ApiUsagePageProps, ApiUsageRow } from '../props.ts';

/** Every call that may leave for Help Scout, made or not: what is not in the list cannot be sent. */
export function ApiUsagePage({ shell, days, rows, refused }: ApiUsagePageProps) {
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const used = rows.filter((row) => row.calls > 0).length;
  return (
    <Page shell={shell} title="Calls to Help Scout">
      <PageHead
        back={{ href: LOG_PATH, text: 'HelpScout Log' }}
        title="Calls to Help Scout"
        lead={`${plural(calls, 'call')} in the last ${days} days, to ${used} of ${plural(rows.length, 'endpoint')}.`}
      />
      <p class="notice tone-blue">
        <Icon name="check" />
        <span>
          This list is complete. Each call is compared with it before it is sent, and nothing else can leave: any other
          call is stopped here and shown below. <code>GET</code> only reads; the others write, or sign us in.
        </span>
      </p>
      <section class="card" aria-labelledby="refused-heading">
        <h2 id="refused-heading">Stopped before they left</h2>
        {refused.length === 0 ? (
          <p class="sub">No call outside the list was tried in the last {days} days.</p>
        ) : (
          <ul>
            {refused.map(({ endpoint, times }) => (
              <li key={endpoint}>
                <code>{endpoint}</code> {plural(times, 'time')}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card flush" aria-labelledby="calls-heading">
        <div class="card-head">
          <h2 id="calls-heading">What we call, and what for</h2>
        </div>
        <table class="stack">
          <caption class="visually-hidden">Calls by endpoint in the last {days} days</caption>
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              <th scope="col">Used for</th>
              <th scope="col" class="number">
                Calls
              </th>
              <th scope="col" class="number">
                Errors
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.endpoint} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

function Line({ row }: { row: ApiUsageRow }) {
  return (
    <tr>
      <td class="lead-cell">
        <code>{row.endpoint}</code>
      </td>
      <td data-label="Used for">{row.feature}</td>
      <td data-label="Calls" class="number">
        {formatCount(row.calls)}
      </td>
      <td data-label="Errors" class="number">
        {formatCount(row.errors)}
      </td>
    </tr>
  );
}
