import type { CostSum } from '../../domain/cost.ts';
import { formatCount, formatUsd, plural } from '../format.ts';
import { TableHead } from './table.tsx';

interface SumRow {
  key: string;
  name: string;
  href?: string;
  sum: CostSum;
}

/** What some calls used, by what they have in common. */
export function SumTable({ title, head, rows }: { title: string; head: string; rows: readonly SumRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="card flush" aria-label={title}>
      <h2>{title}</h2>
      <table class="stack">
        <caption class="visually-hidden">{title}</caption>
        <TableHead columns={[head, 'Answers', 'Tokens in', 'of them cached', 'Tokens out', 'Cost']} />
        <tbody>
          {rows.map(({ key, name, href, sum }) => (
            <tr key={key}>
              <td class="lead-cell">{href ? <a href={href}>{name}</a> : name}</td>
              <td data-label="Answers">{formatCount(sum.calls)}</td>
              <td data-label="Tokens in">{formatCount(sum.inputTokens)}</td>
              <td data-label="Cached">{formatCount(sum.cachedInputTokens)}</td>
              <td data-label="Tokens out">{formatCount(sum.outputTokens)}</td>
              <td data-label="Cost">
                <Usd sum={sum} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Dollars, and how many calls are missing from them because their price is not known. */
export function Usd({ sum: { costUsd, unpriced } }: { sum: CostSum }) {
  return (
    <>
      {formatUsd(costUsd)}
      {unpriced > 0 && <span class="sub"> and {plural(unpriced, 'answer')} of unknown price</span>}
    </>
  );
}
