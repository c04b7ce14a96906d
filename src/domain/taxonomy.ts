import { z } from 'zod';
import { CATEGORY_TEXT, categorySchema, severitySchema } from './category.ts';

/** What each severity means, unless an organization says otherwise. */
const SEVERITY_DEFINITIONS = {
  critical: 'data lost or shown to the wrong people, money taken wrongly, or nobody can work',
  high: 'an important function is unusable and no way around it is known',
  medium: 'a function misbehaves, but work goes on',
  low: 'cosmetic, or rarely in the way',
} as const;

/** A part of the organization's product, in its own words. */
export const productAreaSchema = z.object({
  name: z.string().trim().min(1).max(80),
  /** Words that customers use for it. */
  keywords: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  /** The help collection it was learned from; null when a person named it. */
  collectionId: z.string().nullable().default(null),
});
export type ProductArea = z.infer<typeof productAreaSchema>;

/** What a person may change of a taxonomy. */
export const taxonomyDraftSchema = z.object({
  definitions: z.record(categorySchema, z.string().trim().min(1).max(600)),
  severities: z.record(severitySchema, z.string().trim().min(1).max(300)),
  productAreas: z.array(productAreaSchema).max(60),
  /** The organization's own advice for classifying; its people write it, never its customers. */
  instructions: z.string().trim().max(4000),
});
export type TaxonomyDraft = z.infer<typeof taxonomyDraftSchema>;

/** By what an organization's conversations are classified. Versions never change: every insight names its own. */
export const taxonomySchema = taxonomyDraftSchema.extend({
  version: z.number().int().positive(),
  savedAt: z.date(),
  /** A member's address; null for the first, which nobody wrote. */
  savedBy: z.string().nullable(),
});
export type Taxonomy = z.infer<typeof taxonomySchema>;

/** What holds until somebody changes it: version 1. */
export const FIRST_TAXONOMY: Taxonomy = {
  version: 1,
  definitions: {
    bug: CATEGORY_TEXT.bug.definition,
    feature: CATEGORY_TEXT.feature.definition,
    documentation: CATEGORY_TEXT.documentation.definition,
    question: CATEGORY_TEXT.question.definition,
  },
  severities: { ...SEVERITY_DEFINITIONS },
  productAreas: [],
  instructions: '',
  savedAt: new Date(0),
  savedBy: null,
};
