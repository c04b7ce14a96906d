import { type Classifier, type ClassifyInput, isFromCustomer, type Unclassified } from './classifier.ts';
import { isVerbatimIn } from './evidence.ts';
import { withoutPlanted } from './planted-passages.ts';

/**
 * What a classifier may read of a conversation: passages that are addressed to it are blanked out (places in the texts
 * stay as they are), and private notes are left out unless the organization wants them read.
 */
export function readableInput(
  input: ClassifyInput,
  { includeNotes = false }: { includeNotes?: boolean } = {},
): ClassifyInput {
  return {
    ...input,
    subject: withoutPlanted(input.subject),
    threads: input.threads
      .filter(({ author }) => includeNotes || author !== 'note')
      .map((thread) => ({ ...thread, text: withoutPlanted(thread.text) })),
  };
}

/** What a conversation comes to without asking anybody, when there is nothing of its customers to judge; else null. */
export function unasked(input: ClassifyInput): Unclassified | null {
  const unsaid = { rawAnswer: '', requestId: null, tokens: null };
  if (!hasCustomerText(input)) return { kind: 'empty', reason: 'No customer wrote any text.', ...unsaid };
  if (hasCustomerText(readableInput(input))) return null;
  return { kind: 'refused', reason: 'All that customers wrote is addressed to the classifier.', ...unsaid };
}

/** The same classifier, of a kind that reads whatever it is given, behind `readableInput`. */
export function readingOnlyTheReadable(classifier: Classifier, options: { includeNotes?: boolean } = {}): Classifier {
  return {
    ...classifier,
    async classify(input, more) {
      const nothing = unasked(input);
      if (nothing !== null) return nothing;
      const result = await classifier.classify(readableInput(input, options), more);
      if (result.kind !== 'classified') return result;
      const verbatim = isVerbatimIn(input.threads);
      const checked = <T extends { evidence: typeof result.evidence }>(issue: T): T => ({
        ...issue,
        evidence: issue.evidence.filter(verbatim),
      });
      return { ...checked(result), further: result.further.map(checked) };
    },
  };
}

function hasCustomerText({ threads }: ClassifyInput): boolean {
  return threads.some((thread) => isFromCustomer(thread) && thread.text.trim() !== '');
}
