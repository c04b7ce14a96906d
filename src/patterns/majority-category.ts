import { CATEGORIES, type Category } from '../domain/category.ts';

/** The category most insights of a pattern have; ties go to the earlier of `CATEGORIES`, null when there are none. */
export function majorityCategory(counts: Partial<Record<Category, number>>): Category | null {
  const most = Math.max(...CATEGORIES.map((category) => counts[category] ?? 0));
  return most > 0 ? (CATEGORIES.find((category) => counts[category] === most) ?? null) : null;
}
