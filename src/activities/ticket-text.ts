import type { Submission } from '../domain/submission.ts';

/** What the customer says in the conversation: the message, and below it the answers to a form's own questions. */
export function ticketText({ message, answers }: Pick<Submission, 'message' | 'answers'>): string {
  const lines = answers.map(({ label, value }) =>
    value.includes('\n') ? `${label}:\n${value}` : `${label}: ${value}`,
  );
  return [message.trim(), ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}
