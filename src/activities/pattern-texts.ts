import { addToCentroid, EMPTY_CENTROID } from '../patterns/centroid.ts';
import { describe } from '../patterns/signature.ts';
import { emptyTermCounts, frequenciesOf } from '../patterns/term-counts.ts';
import { type DescribePattern, patternText } from '../patterns/title.ts';
import { recountPatterns } from '../storage/recount-patterns.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { latestMessages } from './pattern-messages.ts';

/** More than a person can change between two batches; the rest waits for the next. */
const PATTERNS_AT_ONCE = 20;
/** The latest messages: enough to find the central one, whatever the pattern's size. */
const MESSAGES = 50;

/**
 * Makes titles, summaries and centroids anew for patterns that a person split or moved conversations of, or that a run took
 * an issue out of: new messages must find them as they are now. What a person called a pattern stays. Their counts are
 * made first: a run that was killed may have left them behind. Safe to repeat.
 * @param describePattern who puts patterns into words: a model's answer may take the place of the offline one
 * @returns the patterns it was about
 */
export async function describeStalePatterns(
  storage: Storage,
  { organizationId, integrationId }: Scope,
  describePattern: DescribePattern = async (centroid, messages) => patternText(centroid, messages),
): Promise<string[]> {
  const stale = await storage.patterns.stale(organizationId, integrationId, PATTERNS_AT_ONCE);
  if (stale.length === 0) return [];
  const patternIds = stale.map(({ patternId }) => patternId);
  await recountPatterns(storage, organizationId, patternIds);
  const counts = (await storage.termCounts.get(organizationId, integrationId)) ?? emptyTermCounts();
  for (const { patternId } of stale) {
    const messages = await latestMessages(storage, { organizationId, integrationId }, patternId, MESSAGES);
    const centroid = messages
      .map(({ subject, text }) => describe(`${subject}\n${text}`, frequenciesOf(counts)))
      .reduce((sum, signature) => addToCentroid(sum, signature), EMPTY_CENTROID);
    // Without any text left (retention), what is known already says more.
    if (messages.length > 0) {
      await storage.patterns.saveCentroid(organizationId, patternId, centroid);
      await storage.patterns.saveText(organizationId, patternId, await describePattern(centroid, messages));
    } else {
      await storage.patterns.saveText(organizationId, patternId, {});
    }
  }
  return patternIds;
}
