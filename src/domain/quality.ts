import { CATEGORIES, type Category } from './category.ts';
import { issueKeyOf, type RegressionCase, type Said } from './review.ts';
import type { ReviewSample } from './review-sample.ts';
import { type Estimate, wilson } from './wilson.ts';

/** A member of a random sample that people judged. */
export interface JudgedMember {
  week: string;
  said: Said;
  actual: Category;
}

export interface CategoryQuality {
  category: Category;
  /** Of what was given the category, the part that people give it too. */
  precision: Estimate | null;
  /** Of what people give the category, the part that was given it. */
  recall: Estimate | null;
}

/** What the random sample says. */
export interface Quality {
  judged: number;
  /** Of those that were given a category, the part with the right one. */
  right: Estimate | null;
  /** The part that no category was given to. */
  leftOut: Estimate | null;
  byCategory: CategoryQuality[];
}

/** What the classifier answered; null where it gave no category. */
const answerOf = ({ outcome, category }: Said): Category | null => (outcome === 'classified' ? category : null);

/**
 * The judged members of random samples. Of each sample only its beginning counts, up to where people were asked: members
 * that somebody happened to judge elsewhere must not count before their turn, for those were chosen (the unsure ones
 * first), and would bias the shares. An issue that two samples drew counts for the first.
 */
export function judgedMembers(
  samples: readonly Pick<ReviewSample, 'week' | 'members' | 'asked'>[],
  cases: ReadonlyMap<string, Pick<RegressionCase, 'judgement'>>,
): JudgedMember[] {
  const seen = new Set<string>();
  const judged: JudgedMember[] = [];
  for (const { week, members, asked } of samples) {
    for (const member of members.slice(0, asked)) {
      const key = issueKeyOf(member);
      const known = cases.get(key);
      if (!known || seen.has(key)) continue;
      seen.add(key);
      judged.push({ week, said: member.said, actual: known.judgement.category });
    }
  }
  return judged;
}

/** Precision and recall with their intervals (see `wilson`). */
export function qualityOf(members: readonly JudgedMember[]): Quality {
  const rows = members.map(({ said, actual }) => ({ given: answerOf(said), actual }));
  const answered = rows.filter(({ given }) => given !== null);
  const hits = (found: typeof rows) => found.filter(({ given, actual }) => given === actual).length;
  return {
    judged: rows.length,
    right: wilson(hits(answered), answered.length),
    leftOut: wilson(rows.length - answered.length, rows.length),
    byCategory: CATEGORIES.map((category) => {
      const given = rows.filter((row) => row.given === category);
      const actual = rows.filter((row) => row.actual === category);
      return {
        category,
        precision: wilson(hits(given), given.length),
        recall: wilson(hits(actual), actual.length),
      };
    }),
  };
}

/** The same for each way of classifying, the one with most answers first. */
export function qualityByVersion(members: readonly JudgedMember[]) {
  const groups = new Map<string, JudgedMember[]>();
  for (const member of members) {
    const { classifier, taxonomyVersion } = member.said;
    const key = `${classifier.kind} ${classifier.model} ${taxonomyVersion}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { classifier, taxonomyVersion } = first.said;
      return [{ classifier, taxonomyVersion, ...qualityOf(group) }];
    })
    .sort((a, b) => b.judged - a.judged);
}

/** The same for each week's sample, the oldest first. */
export function qualityByWeek(members: readonly JudgedMember[]) {
  const weeks = [...new Set(members.map(({ week }) => week))].sort();
  return weeks.map((week) => ({ week, ...qualityOf(members.filter((member) => member.week === week)) }));
}

/** Of pairs that share a pattern, the part that people call the same issue: what is missing is over-grouping. */
export function pairsQuality(samples: readonly Pick<ReviewSample, 'pairs'>[]): Estimate | null {
  const answers = samples.flatMap(({ pairs }) => pairs.map(({ answer }) => answer));
  const same = answers.filter((answer) => answer === 'same').length;
  return wilson(same, same + answers.filter((answer) => answer === 'different').length);
}
