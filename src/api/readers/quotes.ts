import type { Insight } from '../../domain/insight.ts';
import type { InsightRow, RecordPageProps } from '../../ui/props.ts';

/** What customers wrote: of each customer the first quote of the latest conversation, the latest first. */
export function latestQuotes(insights: readonly Insight[], rows: readonly InsightRow[]): RecordPageProps['quotes'] {
  const shown = new Map(rows.map((row) => [row.conversationId, row]));
  const heard = new Set<string>();
  return insights.flatMap(({ conversationId, customerKey, evidence, reportedAt }) => {
    const quote = evidence[0]?.quote;
    const row = shown.get(conversationId);
    if (!quote || !row || heard.has(customerKey)) return [];
    heard.add(customerKey);
    return [{ conversationId, number: row.number, quote, customer: row.customer, reportedAt }];
  });
}
