import type { Submission } from './submission.ts';

/**
 * A text as it counts when two are compared: the same whatever the case, the width and composition of its characters,
 * its spaces and line breaks, and what cannot be seen. Applied twice it changes nothing more.
 */
export function normalizedText(text: string): string {
  let before = text;
  // Lower case can bring back what normalization had composed: until nothing changes, which takes three rounds at most.
  for (;;) {
    const after = before
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{Cf}\p{Cc}\s]+/gu, (run) => (/[^\p{Cf}]/u.test(run) ? ' ' : ''))
      .trim();
    if (after === before) return after;
    before = after;
  }
}

type Compared = Pick<Submission, 'formId' | 'customerEmail' | 'subject' | 'message' | 'answers'>;

/** What two submissions have in common when one seems to repeat the other: form, customer and all that they wrote. */
export function duplicateText({ formId, customerEmail, subject, message, answers }: Compared): string {
  const said = [subject, message, ...answers.flatMap(({ label, value }) => [label, value])];
  return JSON.stringify([formId ?? '', normalizedText(customerEmail), ...said.map(normalizedText)]);
}
