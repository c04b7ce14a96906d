import { z } from 'zod';

/** What a conversation is about, seen from the team that builds the product. */
export const CATEGORIES = ['bug', 'feature', 'documentation', 'question'] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;

/** The words people read for each category; `definition` is also what Claude is told. */
export const CATEGORY_TEXT: Record<Category, { one: string; many: string; definition: string }> = {
  bug: {
    one: 'Bug report',
    many: 'Bug reports',
    definition: 'Something that should work does not: errors, wrong results, crashes, data lost or slow beyond use.',
  },
  feature: {
    one: 'Feature request',
    many: 'Feature requests',
    definition: 'A wish for something the product does not do today, or for a different way of doing it.',
  },
  documentation: {
    one: 'Documentation need',
    many: 'Documentation needs',
    definition:
      'The product works, but its help articles, guides or reference are missing, wrong, outdated or hard to find.',
  },
  question: {
    one: 'General question',
    many: 'General questions',
    definition: 'Everything else a customer asks: how to do something, billing, account, plans, thanks.',
  },
};

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;
