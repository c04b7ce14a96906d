import { z } from 'zod';
import { CATEGORIES, categorySchema } from './category.ts';

/** How a model did on an organization's regression cases. */
export const caseScoresSchema = z.object({
  right: z.number().int().nonnegative(),
  macroF1: z.number().min(0).max(1),
  /** By the category that people gave. */
  byCategory: z.array(
    z.object({
      category: categorySchema,
      cases: z.number().int().nonnegative(),
      right: z.number().int().nonnegative(),
    }),
  ),
});
export type CaseScores = z.infer<typeof caseScoresSchema>;

/**
 * What a retraining measured: both models on the same cases, each case by a model that was not trained on it
 * (cross-validation in `folds` parts).
 */
export const retrainReportSchema = z.object({
  cases: z.number().int().nonnegative(),
  folds: z.number().int().nonnegative(),
  before: caseScoresSchema,
  after: caseScoresSchema,
});
export type RetrainReport = z.infer<typeof retrainReportSchema>;

/** `rejected`: it was worse than what was there; `undone`: a person took it back. */
export const MODEL_STATES = ['training', 'published', 'rejected', 'failed', 'undone'] as const;

/** A model of one organization's own, trained from its corrections, without the numbers themselves. */
export const organizationModelEntrySchema = z.object({
  version: z.number().int().positive(),
  state: z.enum(MODEL_STATES),
  /** The shipped weights that it goes on top of, and must not be used without; null until it is trained. */
  basedOn: z.string().nullable(),
  /** When it was asked for, and by whom. */
  madeAt: z.date(),
  madeBy: z.string(),
  undoneAt: z.date().nullable(),
  undoneBy: z.string().nullable(),
  /** Null until it is measured. */
  report: retrainReportSchema.nullable(),
});
export type OrganizationModelEntry = z.infer<typeof organizationModelEntrySchema>;

/** With fewer cases, cross-validation says nothing. */
export const FEWEST_CASES = 20;
/** Parts of the cross-validation. */
export const FOLDS = 5;

/** A model may be used when it gets no fewer cases right than before and is no worse on the mean of categories. */
export function isNotWorse({ before, after }: Pick<RetrainReport, 'before' | 'after'>): boolean {
  return after.right >= before.right && after.macroF1 >= before.macroF1;
}

/** Scores of answers, each given as [what people say, what the model said]. */
export function caseScores(answers: readonly (readonly [string, string | null])[]): CaseScores {
  const byCategory = CATEGORIES.map((category) => {
    const cases = answers.filter(([wanted]) => wanted === category);
    const right = cases.filter(([wanted, given]) => wanted === given).length;
    const answered = answers.filter(([, given]) => given === category).length;
    return {
      category,
      cases: cases.length,
      right,
      f1: cases.length + answered > 0 ? (2 * right) / (cases.length + answered) : null,
    };
  });
  const scored = byCategory.flatMap(({ cases, f1 }) => (cases > 0 && f1 !== null ? [f1] : []));
  return {
    right: byCategory.reduce((sum, { right }) => sum + right, 0),
    macroF1: scored.length > 0 ? scored.reduce((sum, f1) => sum + f1, 0) / scored.length : 0,
    byCategory: byCategory.map(({ f1: _f1, ...row }) => row),
  };
}
