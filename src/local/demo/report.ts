import { CATEGORIES, type Category } from '../../domain/category.ts';
import type { Insight } from '../../domain/insight.ts';
import type { Storage } from '../../storage/storage.ts';
import { verifyDecisions } from '../decisions-verify/verify.ts';

/** More patterns than any corpus of the demo makes. */
const ALL_PATTERNS = 1_000_000;
const CHUNK = 500;

export interface ReportInput {
  organizationId: string;
  integrationId: string;
  /** Help Scout conversation id to corpus id. */
  corpusIds: ReadonlyMap<number, string>;
  sandboxCalls: Record<string, number>;
  temporalEvents: number;
  seconds: number;
}

/** Everything the scan made, as `--json` writes it. */
export async function buildReport(storage: Storage, input: ReportInput) {
  const { organizationId, integrationId, corpusIds } = input;
  const issues = await readInsights(storage, organizationId, integrationId, [...corpusIds.keys()]);
  const insights = issues.filter(({ issue }) => issue === 0);
  const rebuilt = await verifyDecisions(storage, organizationId);
  const patterns = await storage.patterns.list(organizationId, {}, ALL_PATTERNS);
  const logRows = await storage.syncEvents.counts(organizationId, {});
  const usage = await storage.apiUsage.byEndpoint(organizationId, new Date(0));
  const helpScoutCalls = Object.fromEntries(usage.map(({ endpoint, calls }) => [endpoint, calls]));
  const calls = sum(Object.values(helpScoutCalls));
  const perThousand = (count: number) => round((count * 1000) / Math.max(insights.length, 1));
  return {
    conversations: insights.map((insight) => ({
      id: corpusIds.get(insight.conversationId) ?? String(insight.conversationId),
      category: insight.category,
      confidence: insight.confidence,
      pattern: insight.patternId,
      evidence: insight.evidence.map(({ threadId, start, end, quote }) => ({ threadId, start, end, quote })),
    })),
    patterns: patterns.map(({ patternId, title, category, conversations, customers }) => ({
      id: patternId,
      title,
      category,
      conversations,
      customers,
    })),
    totals: {
      conversations: corpusIds.size,
      /** Insights that the record of their decision builds again, without any model. */
      rebuilt: { insights: rebuilt.insights, equal: rebuilt.equal, different: rebuilt.differences.length },
      classified: insights.filter((insight) => insight.outcome === 'classified').length,
      byCategory: byCategory(insights),
      patterns: patterns.length,
      bugReports: (await storage.issueRecords.list(organizationId, 'bug')).length,
      featureRequests: (await storage.issueRecords.list(organizationId, 'feature')).length,
      logRows: sum(logRows.map((row) => row.events)),
      failed: sum(logRows.filter((row) => row.status === 'failed').map((row) => row.events)),
      helpScoutCalls: calls,
      /** As the sandbox counted them: differs where a call was not metered, or never arrived. */
      sandboxCalls: sum(Object.values(input.sandboxCalls)),
      callsPer1000: perThousand(calls),
      temporalEvents: input.temporalEvents,
      temporalEventsPerConversation: round(input.temporalEvents / Math.max(insights.length, 1)),
    },
    helpScoutCalls,
    sandboxCalls: input.sandboxCalls,
    temporalEvents: input.temporalEvents,
    seconds: round(input.seconds),
  };
}
export type Report = Awaited<ReturnType<typeof buildReport>>;

async function readInsights(storage: Storage, organizationId: string, integrationId: string, ids: number[]) {
  const insights: Insight[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    insights.push(...(await storage.insights.getMany(organizationId, integrationId, ids.slice(start, start + CHUNK))));
  }
  return insights;
}

function byCategory(insights: Insight[]): Record<Category, number> {
  const count = (category: Category) => insights.filter((insight) => insight.category === category).length;
  const [bug, feature, documentation, question] = CATEGORIES.map(count);
  return { bug: bug ?? 0, feature: feature ?? 0, documentation: documentation ?? 0, question: question ?? 0 };
}

const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
const round = (value: number) => Math.round(value * 1000) / 1000;

/** The numbers worth reading first, and the largest patterns. */
export function describeReport({ totals, patterns, seconds }: Report): string {
  const rows: [string, string | number][] = [
    ['Conversations', totals.conversations],
    ['Classified', totals.classified],
    ...Object.entries(totals.byCategory).map(([name, count]): [string, number] => [`  ${name}`, count]),
    ['Built again', `${totals.rebuilt.equal} of ${totals.rebuilt.insights} insights from their decisions`],
    ['Patterns', totals.patterns],
    ['Bug reports', totals.bugReports],
    ['Feature requests', totals.featureRequests],
    ['Log rows', `${totals.logRows} (${totals.failed} failed)`],
    ['Help Scout calls', `${totals.helpScoutCalls} (${totals.callsPer1000} per 1,000 conversations)`],
    ['Temporal events', `${totals.temporalEvents} (${totals.temporalEventsPerConversation} per conversation)`],
    ['Seconds', seconds],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const largest = patterns
    .slice(0, 5)
    .map(({ customers, category, title }) => `  ${String(customers).padStart(4)}  ${category.padEnd(13)}  ${title}`);
  return [
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    '',
    '  Patterns with the most customers:',
    ...largest,
    '',
  ].join('\n');
}
