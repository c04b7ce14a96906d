import type { Tokens } from '../../domain/decision.ts';

/**
 * The classifier could not be asked. The message is a fixed sentence: neither text of the conversation nor a key is in
 * it, and there is no `cause`, since the errors of clients carry requests and answers.
 */
export class ClassifierError extends Error {
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** The provider's id of the request, for asking its support; null where there was no answer. */
  readonly requestId: string | null;
  /** What an earlier request for the same conversation used: it was answered (and billed) before this one failed. */
  spent: Tokens | null = null;

  constructor(message: string, details: { status?: number | null; requestId?: string | null } = {}) {
    super(message);
    this.name = new.target.name;
    this.status = details.status ?? null;
    this.requestId = details.requestId ?? null;
  }
}
