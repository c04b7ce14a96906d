/** A phrase of a search expression, whatever characters it holds. */
export const quoted = (phrase: string): string => `"${phrase.replace(/["\\]/g, '\\$&')}"`;
