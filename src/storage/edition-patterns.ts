import { isDeepStrictEqual } from 'node:util';
import type { Connection } from 'mongoose';
import { z } from 'zod';

const AT_ONCE = 200;
const idOf = ({ patternId }: { [field: string]: unknown }) => z.string().parse(patternId);

/**
 * Carries what patterns need between editions: those that have members in `to` now and are not there, and what people
 * decided about any. Patterns that gained or lost members are described anew by the next run.
 * @returns the patterns about which something was decided
 */
export async function carryPatterns(
  patterns: ReturnType<Connection['collection']>,
  { from, to }: { from: string; to: string },
  touched: readonly string[],
): Promise<string[]> {
  for (let at = 0; at < touched.length; at += AT_ONCE) {
    const wanted = { $in: touched.slice(at, at + AT_ONCE) };
    const there = await patterns.find({ organizationId: to, patternId: wanted }).toArray();
    const known = new Set(there.map(idOf));
    for await (const { _id, ...pattern } of patterns.find({ organizationId: from, patternId: wanted })) {
      if (known.has(idOf(pattern))) continue;
      const place = { organizationId: to, patternId: idOf(pattern) };
      await patterns.replaceOne(place, { ...pattern, organizationId: to }, { upsert: true });
    }
    await patterns.updateMany({ organizationId: to, patternId: wanted }, { $set: { stale: true } });
  }
  const decided: string[] = [];
  for await (const pattern of patterns.find({ organizationId: from, decided: { $exists: true } })) {
    const place = { organizationId: to, patternId: idOf(pattern) };
    const there = await patterns.findOne(place);
    if (!there || isDeepStrictEqual(there.decided, pattern.decided)) continue;
    await patterns.updateOne(place, { $set: { decided: pattern.decided } });
    decided.push(place.patternId);
  }
  return decided;
}
