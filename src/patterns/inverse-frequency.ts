import background from './background.json' with { type: 'json' };

/** How often terms occur in one organization's mail, counted once per pattern that was started (not per message). */
export interface InboxFrequencies {
  /** In how many of the counted texts the term or phrase occurs. */
  documentFrequency: (term: string) => number;
  /** How many texts were counted. */
  documents: number;
}

export const EMPTY_INBOX: InboxFrequencies = { documentFrequency: () => 0, documents: 0 };

const backgroundCounts: ReadonlyMap<string, number> = new Map(Object.entries(background.counts));

/** How many texts of its own an inbox needs until they count as much as the background. */
const BACKGROUND_WEIGHT = 1_000;

/** A word the background does not know is taken to be as rare as half an occurrence: the highest weight there is. */
const UNSEEN = 0.5;

/** How telling a term is: the negative logarithm of the share of texts that have it, background and inbox mixed. */
export function inverseFrequency(term: string, inbox: InboxFrequencies = EMPTY_INBOX): number {
  const usual = (backgroundCounts.get(term) ?? UNSEEN) / background.documents;
  const expected = usual * BACKGROUND_WEIGHT + inbox.documentFrequency(term);
  return Math.max(0, -Math.log(expected / (BACKGROUND_WEIGHT + inbox.documents)));
}
