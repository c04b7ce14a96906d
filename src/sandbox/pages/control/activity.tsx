import type { JournalEntry } from '../../http/journal-entries.ts';
import type { EndpointUsage } from '../../http/usage.ts';
import type { Webhook } from '../../store/events/webhook-events.ts';

/** What the endpoints were called, since the start. */
export function UsageTable({ usage }: { usage: Record<string, EndpointUsage> }) {
  const rows = Object.entries(usage);
  return (
    <section aria-labelledby="calls">
      <h2 id="calls">Calls</h2>
      {rows.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <div class="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">Endpoint</th>
                <th scope="col">Calls</th>
                <th scope="col">Errors</th>
                <th scope="col">429</th>
                <th scope="col">Cut</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, { calls, errors, limited, dropped }]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{calls}</td>
                  <td>{errors}</td>
                  <td>{limited}</td>
                  <td>{dropped}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The newest entries of one kind. */
export function Entries({ title, id, entries }: { title: string; id: string; entries: readonly JournalEntry[] }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {entries.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <ol class="list entries" reversed>
          {entries.map((entry) => (
            <li key={entry.seq} value={entry.seq}>
              <span class="muted">{entry.at.slice(11, 19)}</span> {textOf(entry)}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

export function Subscriptions({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <section aria-labelledby="webhooks-list">
      <h2 id="webhooks-list">Webhooks</h2>
      {webhooks.length === 0 ? (
        <p class="muted">Nobody has subscribed.</p>
      ) : (
        <ul class="list">
          {webhooks.map(({ id, url, state, events }) => (
            <li key={id}>
              {`${id} · ${url}`}
              <span class="badge">{state}</span>
              <div class="muted">{events.join(', ')}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function textOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'request': {
      const cut = entry.dropped === undefined ? '' : ` cut (${entry.dropped})`;
      const fault = entry.faultId === undefined ? '' : ` · fault ${entry.faultId}`;
      return `${entry.method} ${entry.path} → ${entry.status ?? ''}${cut}${fault}`;
    }
    case 'delivery': {
      const marks = entry.marks === undefined ? '' : ` · ${entry.marks.join(', ')}`;
      return `${entry.event} to webhook ${entry.webhookId}, attempt ${entry.attempt} → ${entry.status ?? 'no answer'}${marks}`;
    }
    case 'change': {
      const ids = Object.entries(entry).filter(([name]) => name.endsWith('Id'));
      return [entry.event, ...ids.map(([name, id]) => `${name} ${String(id)}`)].join(' · ');
    }
  }
}
