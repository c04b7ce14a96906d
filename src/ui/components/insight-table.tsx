import type { ComponentChildren } from 'preact';
import { type Clock, plural } from '../format.ts';
import { conversationHref, patternHref } from '../links.ts';
import { noPattern } from '../no-pattern.ts';
import type { InsightRow } from '../props.ts';
import { Confidence, OutcomeBadge } from './badges.tsx';
import { Customer, Time } from './content.tsx';

interface InsightTableProps {
  rows: readonly InsightRow[];
  clock: Clock;
  /** Left out on the page of the pattern itself. */
  showPattern?: boolean;
  /** Left out on the page of the customer themself. */
  showCustomer?: boolean;
  /** What stands before a row's title, such as a checkbox. */
  before?: (row: InsightRow, index: number) => ComponentChildren;
}

/** Insights as a table; on narrow screens each row becomes a card. */
export function InsightTable({ rows, clock, showPattern = true, showCustomer = true, before }: InsightTableProps) {
  return (
    <table class="stack insights-table">
      <caption class="visually-hidden">{plural(rows.length, 'conversation')}</caption>
      <thead>
        <tr>
          <th scope="col">Conversation</th>
          <th scope="col">Category</th>
          <th scope="col">Confidence</th>
          {showCustomer && <th scope="col">Customer</th>}
          <th scope="col">Mailbox</th>
          {showPattern && <th scope="col">Pattern</th>}
          <th scope="col">Reported</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.conversationId} id={`conversation-${row.conversationId}`}>
            <td class="lead-cell">
              {before?.(row, index)}
              <a class="row-title" href={conversationHref(row.conversationId)}>
                {row.subject || `Conversation #${row.number}`}
              </a>
              {row.summary && <span class="summary">{row.summary}</span>}
            </td>
            <td>
              <OutcomeBadge outcome={row.outcome} category={row.category} />
            </td>
            <td class="nowrap">{row.outcome === 'classified' ? <Confidence value={row.confidence} /> : '–'}</td>
            {showCustomer && (
              <td class="customer-cell">
                <Customer customer={row.customer} />
              </td>
            )}
            <td data-label="Mailbox">{row.mailboxName}</td>
            {showPattern && (
              <td data-label="Pattern" class="pattern-cell">
                {row.pattern ? (
                  <a class="clamp" href={patternHref(row.pattern.patternId)}>
                    {row.pattern.title}
                  </a>
                ) : (
                  <span class="sub">{noPattern(row)}</span>
                )}
              </td>
            )}
            <td data-label="Reported" class="nowrap">
              <Time at={row.reportedAt} clock={clock} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
