import { LEVELS, type PriorityPart } from '../../domain/record-priority.ts';
import { PriorityBadge } from '../components/record-badges.tsx';
import { NumberCell, TableHead } from '../components/table.tsx';
import { formatDecimal, plural } from '../format.ts';
import type { RecordRow } from '../props.ts';

const PART_TEXT: Record<PriorityPart['part'], (record: RecordRow) => [string, string]> = {
  customers: ({ customers }) => ['Distinct customers', plural(customers, 'customer')],
  severity: ({ severity }) => ['Severity', severity ?? 'nobody said: a bit below medium'],
  trend: ({ trend }) => ['Trend', trend.trend],
  recency: () => ['Recency', 'halves every 14 days without a report'],
};

/** How the priority comes about: its formula is no secret. */
export function RecordPriority({ record }: { record: RecordRow }) {
  const { scored, decided, priority } = record;
  const isLocked = decided.includes('priority');
  return (
    <section class="card" aria-labelledby="priority-heading">
      <h2 id="priority-heading">Priority</h2>
      <p class="dots">
        <PriorityBadge priority={priority} />
        <span>
          {isLocked
            ? `Locked by a person; the formula says ${scored.level} (${scored.score} of 100).`
            : `${scored.score} of 100 points.`}
        </span>
      </p>
      <table class="stack">
        <caption class="visually-hidden">Parts of the score</caption>
        <TableHead columns={['Part', 'Value', { number: 'Points' }]} />
        <tbody>
          {scored.parts.map(({ part, points, weight }) => {
            const [name, value] = PART_TEXT[part](record);
            return (
              <tr key={part}>
                <td class="lead-cell">{name}</td>
                <td data-label="Value">{value}</td>
                <NumberCell label="Points">
                  {formatDecimal(points)} of {weight}
                </NumberCell>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="sub">
        Each doubling of customers counts the same, 63 count in full. From {LEVELS.urgent} points on it is urgent, from{' '}
        {LEVELS.high} high, from {LEVELS.medium} medium. A manager can lock another priority below.
      </p>
    </section>
  );
}
