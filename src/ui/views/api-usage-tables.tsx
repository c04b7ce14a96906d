import { ListCard } from '../components/list-card.tsx';
import { TableHead } from '../components/table.tsx';
import { formatCount } from '../format.ts';
import type { ApiUsagePageProps, ApiUsageRow } from './api-usage.tsx';

type Props = Pick<ApiUsagePageProps, 'rows' | 'days'>;

/** Every call that may leave, whether it did or not. */
export function Endpoints({ rows, days }: Props) {
  return (
    <ListCard id="calls" title="What we call, and what for">
      <table class="stack">
        <caption class="visually-hidden">Calls by endpoint in the last {days} days</caption>
        <TableHead columns={['Endpoint', 'Used for', { number: 'Calls' }, { number: 'Errors' }]} />
        <tbody>
          {rows.map((row) => (
            <Line key={row.endpoint} row={row} />
          ))}
        </tbody>
      </table>
    </ListCard>
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

/** What the calls were made for, the most frequent first. */
export function Features({ rows, days }: Props) {
  const features = new Map<string, { calls: number; errors: number }>();
  for (const { feature, calls, errors } of rows) {
    const sum = features.get(feature) ?? { calls: 0, errors: 0 };
    features.set(feature, { calls: sum.calls + calls, errors: sum.errors + errors });
  }
  const sorted = [...features].sort(([, a], [, b]) => b.calls - a.calls);
  return (
    <ListCard id="features" title="By feature">
      <table>
        <caption class="visually-hidden">Calls by feature in the last {days} days</caption>
        <TableHead columns={['Feature', { number: 'Calls' }, { number: 'Errors' }]} />
        <tbody>
          {sorted.map(([feature, { calls, errors }]) => (
            <tr key={feature}>
              <th scope="row">{feature}</th>
              <td class="number">{formatCount(calls)}</td>
              <td class="number">{formatCount(errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}
