import type { Insight } from '../domain/insight.ts';

/** In place of a pattern: what has a category gets one within minutes, what has none waits for a category first. */
export const noPattern = ({ category }: Pick<Insight, 'category'>): string => (category ? 'Being found' : 'None yet');
