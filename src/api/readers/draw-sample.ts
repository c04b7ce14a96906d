import { createHash } from 'node:crypto';
import { issueKeyOf, type Said } from '../../domain/review.ts';
import { PAIRS, type ReviewSample, SAMPLE_DAYS, SAMPLE_SIZE, weekOf } from '../../domain/review-sample.ts';
import type { FrameIssue } from '../../storage/insight-reviews.ts';
import type { Storage } from '../../storage/storage.ts';

const DAY_MS = 86_400_000;

/** This week's random sample; drawn by whoever asks first. */
export async function currentSample(storage: Storage, organizationId: string, now: Date): Promise<ReviewSample> {
  const week = weekOf(now);
  const known = await storage.reviewSamples.get(organizationId, week);
  // Nothing was there to draw from: there may be by now.
  if (known) return known;
  const issues = storage.insights.frame(organizationId, new Date(now.getTime() - SAMPLE_DAYS * DAY_MS), now);
  const drawn = await drawSample(issues, `${organizationId}/${week}`);
  const empty = drawn.frame === 0;
  const members = await Promise.all(
    drawn.members.map(async ({ reviewed, said, patternId: _patternId, ...key }) => ({
      ...key,
      said: reviewed ? await saidBefore(storage, organizationId, key, said) : said,
    })),
  );
  const sample = { week, drawnAt: now, frame: drawn.frame, members, asked: 0, skipped: [], pairs: drawn.pairs };
  return empty ? { ...sample, organizationId } : storage.reviewSamples.add(organizationId, sample);
}

/** Of an issue that people judged before it was drawn: what the classifier had said. */
async function saidBefore(
  storage: Storage,
  organizationId: string,
  key: Parameters<Storage['regressionCases']['get']>[1],
  now: Said,
): Promise<Said> {
  return (await storage.regressionCases.get(organizationId, key))?.said ?? now;
}

/**
 * A simple random sample: the issues with the smallest hashes under a seed, in the order of the hashes. The same seed
 * over the same issues always draws the same ones. Memory: the sample, and one entry per pattern that has two
 * conversations or more.
 */
export async function drawSample(
  issues: AsyncIterable<FrameIssue>,
  seed: string,
): Promise<{ frame: number; members: FrameIssue[]; pairs: ReviewSample['pairs'] }> {
  const lot = (text: string) => createHash('sha256').update(`${seed}/${text}`).digest('hex');
  let members: { lot: string; issue: FrameIssue }[] = [];
  const byPattern = new Map<string, { lot: string; conversationId: number }[]>();
  let frame = 0;
  for await (const issue of issues) {
    frame += 1;
    const own = lot(issueKeyOf(issue));
    members.push({ lot: own, issue });
    if (members.length > SAMPLE_SIZE * 20) members = smallest(members, SAMPLE_SIZE);
    const { patternId, conversationId } = issue;
    if (!patternId) continue;
    const others = byPattern.get(patternId) ?? [];
    if (!others.some((other) => other.conversationId === conversationId)) {
      byPattern.set(patternId, [...others, { lot: lot(`pair/${own}`), conversationId }]);
    }
  }
  return {
    frame,
    members: smallest(members, SAMPLE_SIZE).map(({ issue }) => issue),
    pairs: drawPairs(byPattern, lot),
  };
}

/** A random conversation that shares its pattern, and a random other of that pattern: large patterns come up more often. */
function drawPairs(
  byPattern: ReadonlyMap<string, readonly { lot: string; conversationId: number }[]>,
  lot: (text: string) => string,
): ReviewSample['pairs'] {
  const first = [...byPattern].flatMap(([patternId, members]) =>
    members.length < 2 ? [] : members.map((member) => ({ ...member, patternId })),
  );
  return smallest(first, PAIRS).flatMap(({ patternId, conversationId, lot: seed }) => {
    const others = (byPattern.get(patternId) ?? []).filter((other) => other.conversationId !== conversationId);
    const [other] = smallest(
      others.map((one) => ({ ...one, lot: lot(`other/${seed}/${one.conversationId}`) })),
      1,
    );
    if (!other) return [];
    const conversationIds: [number, number] = [conversationId, other.conversationId];
    return [{ patternId, conversationIds, answer: null, by: null }];
  });
}

const smallest = <T extends { lot: string }>(items: readonly T[], count: number): T[] =>
  [...items].sort((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, count);
