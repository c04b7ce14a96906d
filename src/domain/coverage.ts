import { z } from 'zod';

/** Help Scout's clock and ours may differ: a webhook that came so much before a change's time is still about it. */
const CLOCK_TOLERANCE_MS = 10_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is known of the changes of one conversation on one day of the organization. */
export const coverageMarkSchema = z.object({
  /** When the newest webhook about it came; null: none did. */
  toldAt: z.date().nullable(),
  /** Help Scout's time of the newest change that a comparison came upon before any webhook's was read; null: none. */
  foundAt: z.date().nullable(),
  /** When it was last read, and when reading it last failed. */
  readAt: z.date().nullable(),
  failedAt: z.date().nullable(),
  /** The longest from a change, by Help Scout's time, until it was read and stored; null: nothing new was in it. */
  delayMs: z.number().nonnegative().nullable(),
  /** Beginnings of the UTC hours in which it changed, in epoch milliseconds, each once. */
  hours: z.array(z.number()),
});
export type CoverageMark = z.infer<typeof coverageMarkSchema>;

const laterOf = (a: Date | null, b: Date | null) => (a === null || (b !== null && b > a) ? b : a);

/** Two things known of the same conversation and day, as one. In any order, and however often. */
export function mergeMarks(a: CoverageMark, b: CoverageMark): CoverageMark {
  const delays = [a.delayMs, b.delayMs].filter((delay) => delay !== null);
  return {
    toldAt: laterOf(a.toldAt, b.toldAt),
    foundAt: laterOf(a.foundAt, b.foundAt),
    readAt: laterOf(a.readAt, b.readAt),
    failedAt: laterOf(a.failedAt, b.failedAt),
    delayMs: delays.length > 0 ? Math.max(...delays) : null,
    hours: [...new Set([...a.hours, ...b.hours])].sort((one, other) => one - other),
  };
}

/**
 * `told`: a webhook told of it. `missed`: only a comparison found what was new in it. `silent`: Help Scout says that it
 * changed, but nothing that webhooks are asked for: a tag, an assignee, a status.
 */
export type SeenBy = 'told' | 'missed' | 'silent';

export function seenBy({ toldAt, foundAt }: Pick<CoverageMark, 'toldAt' | 'foundAt'>): SeenBy {
  const wasTold = toldAt !== null && (foundAt === null || toldAt.getTime() + CLOCK_TOLERANCE_MS >= foundAt.getTime());
  if (wasTold) return 'told';
  return foundAt === null ? 'silent' : 'missed';
}

/** Whether it waits to be read: a workflow of its own keeps trying. */
export const isUnread = ({ readAt, failedAt }: Pick<CoverageMark, 'readAt' | 'failedAt'>) =>
  failedAt !== null && (readAt === null || failedAt > readAt);

const count = z.number().int().nonnegative();

/** One day: how many conversations Help Scout says were modified, and how we came to know. */
export const coverageFiguresSchema = z.object({
  modified: count,
  told: count,
  missed: count,
  silent: count,
  unread: count,
  worstDelayMs: z.number().nonnegative().nullable(),
  /** Conversations that changed, by the UTC hour's beginning in epoch milliseconds. */
  hours: z.record(z.string(), count),
});
export type CoverageFigures = z.infer<typeof coverageFiguresSchema>;

export const noFigures = (): CoverageFigures => ({
  modified: 0,
  told: 0,
  missed: 0,
  silent: 0,
  unread: 0,
  worstDelayMs: null,
  hours: {},
});

/** Adds up the marks of a day, one for each conversation. */
export function figuresOf(marks: Iterable<CoverageMark>): CoverageFigures {
  const figures = noFigures();
  for (const mark of marks) {
    figures.modified += 1;
    figures[seenBy(mark)] += 1;
    if (isUnread(mark)) figures.unread += 1;
    if (mark.delayMs !== null) figures.worstDelayMs = Math.max(figures.worstDelayMs ?? 0, mark.delayMs);
    for (const hour of mark.hours) figures.hours[hour] = (figures.hours[hour] ?? 0) + 1;
  }
  return figures;
}

/** The share of what webhooks should have told that they did not; null where there was nothing to tell. */
export function gapRate({ told, missed }: Pick<CoverageFigures, 'told' | 'missed'>): number | null {
  return told + missed === 0 ? null : missed / (told + missed);
}

export const hourStart = (time: Date): number => Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;

/**
 * When a conversation changed that a webhook told of. Help Scout shows no such time: the nearest is the newest thing in
 * the conversation, unless that is too old to be what the webhook was about (a merge, a move).
 */
export function toldChangeAt(told: { toldAt: Date; newestAt: Date; isNew: boolean }): Date {
  const { toldAt, newestAt, isNew } = told;
  const ageMs = toldAt.getTime() - newestAt.getTime();
  return ageMs >= 0 && ageMs <= (isNew ? DAY_MS : HOUR_MS) ? newestAt : toldAt;
}

/** When a conversation changed that is in the list of those modified since then: never before, never in the future. */
export function listedChangeAt(listed: { since: Date; newestAt: Date; now: Date }): Date {
  const { since, newestAt, now } = listed;
  return new Date(Math.min(now.getTime(), Math.max(since.getTime(), newestAt.getTime())));
}
