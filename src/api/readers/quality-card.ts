import { judgedMembers, pairsQuality, qualityByVersion, qualityByWeek, qualityOf } from '../../domain/quality.ts';
import { weekOf } from '../../domain/review-sample.ts';
import type { Storage } from '../../storage/storage.ts';
import { weeklyShares } from '../../storage/weekly-shares.ts';

const DAY_MS = 86_400_000;
/** Weeks whose samples the card is made of. */
export const CARD_WEEKS = 12;
/** Days back that people's changes of patterns are counted. */
const GROUPING_DAYS = 90;
const MOST_SUGGESTIONS = 200;

interface Clock {
  now: Date;
  timeZone: string;
}

/** Everything that an organization's quality card shows. */
export async function qualityCard(storage: Storage, organizationId: string, clock: Clock) {
  const { now } = clock;
  const firstWeek = weekOf(new Date(now.getTime() - (CARD_WEEKS - 1) * 7 * DAY_MS));
  const [samples, { shares, drifts }, cases, grouping, models] = await Promise.all([
    storage.reviewSamples.since(organizationId, firstWeek),
    weeklyShares(storage, organizationId, clock),
    storage.regressionCases.count(organizationId),
    groupingByPeople(storage, organizationId, now),
    storage.organizationModels.list(organizationId),
  ]);
  const members = samples.flatMap((sample) => sample.members.slice(0, sample.asked));
  const judged = judgedMembers(samples, await storage.regressionCases.ofIssues(organizationId, members));
  return {
    weeks: CARD_WEEKS,
    sampled: samples.reduce((sum, { asked }) => sum + asked, 0),
    overall: qualityOf(judged),
    byVersion: qualityByVersion(judged),
    byWeek: qualityByWeek(judged),
    shares,
    drifts,
    sameIssue: pairsQuality(samples),
    grouping,
    cases,
    models,
  };
}

/** What people put right in patterns: a split or a move tells of too much in one, a merge of one issue in several. */
async function groupingByPeople(storage: Storage, organizationId: string, now: Date) {
  const since = now.getTime() - GROUPING_DAYS * DAY_MS;
  const [integrations, suggestions] = await Promise.all([
    storage.integrations.list(organizationId),
    storage.patternSuggestions.list(organizationId, { limit: MOST_SUGGESTIONS }),
  ]);
  const all = await Promise.all(
    integrations.map(({ integrationId }) => storage.patternDecisions.all(organizationId, integrationId)),
  );
  const recent = all.flat().filter(({ at, by, undone }) => at.getTime() >= since && by !== null && undone === null);
  const count = (kind: string) => recent.filter(({ change }) => change.kind === kind).length;
  return {
    days: GROUPING_DAYS,
    splits: count('split'),
    moves: count('move'),
    merges: count('merge'),
    keptApart: count('apart'),
    suggested: suggestions.length,
  };
}
