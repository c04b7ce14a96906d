import { bodyText } from './sentences.ts';

/** Code units read of one message and of all: what a customer needs is said early, and long mails are mostly pasted logs. */
const MESSAGE_LENGTH = 2_000;
const TOTAL_LENGTH = 3_000;

/** What the offline model reads of a conversation: subject, then what customers wrote, without greetings and signatures. */
export function conversationText(subject: string, customerMessages: readonly string[]): string {
  const messages = customerMessages.map((message) => bodyText(message).slice(0, MESSAGE_LENGTH));
  return [subject.trim(), ...messages]
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, TOTAL_LENGTH);
}
