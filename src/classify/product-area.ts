const WORD = /[\p{L}\p{N}]+/gu;
const FILLERS = new Set(['and', 'or', 'the', 'a', 'of', 'for', 'in', 'to', 'with', 'other', 'general']);

/**
 * The product area that is spoken of most: each word of the text that is in an area's name counts, shared out over the
 * length of the name; so does each of its keywords, or phrases, in full. The earlier of the list wins a tie; null when no
 * area is mentioned.
 */
export function productAreaOf(
  text: string,
  productAreas: readonly { name: string; keywords: readonly string[] }[],
): string | null {
  const read = stems(text);
  const joined = ` ${read.join(' ')} `;
  const spoken = new Map<string, number>();
  for (const stem of read) spoken.set(stem, (spoken.get(stem) ?? 0) + 1);
  let best: { area: string; score: number } | null = null;
  for (const { name, keywords } of productAreas) {
    const names = [...new Set(stems(name))].filter((stem) => !FILLERS.has(stem));
    const mentioned = names.reduce((sum, stem) => sum + Math.sqrt(spoken.get(stem) ?? 0), 0);
    const phrases = keywords.map((keyword) => stems(keyword).join(' ')).filter((phrase) => phrase !== '');
    const keyed = phrases.reduce((sum, phrase) => sum + Math.sqrt(joined.split(` ${phrase} `).length - 1), 0);
    const score = keyed + (names.length === 0 ? 0 : mentioned / Math.sqrt(names.length));
    if (score > (best?.score ?? 0)) best = { area: name, score };
  }
  return best?.area ?? null;
}

/** Lower-cased words without common English endings, so that "Invoices" is found in "invoicing". */
function stems(text: string): string[] {
  return Array.from(text.toLowerCase().matchAll(WORD), ([word]) =>
    word.length > 4 ? word.replace(/(?:ings?|ies|ed|es|s|e|y)$/, '') : word.replace(/s$/, ''),
  );
}
