import { ClassifierError } from './classifier-error.ts';

/** An error of the provider's own (408, 409, 5xx), or one of the two kinds below it. Worth asking again later. */
export class ClassifierUnavailable extends ClassifierError {
  /** How long the provider asked to wait, where it said so. */
  readonly retryAfterMs: number | null;

  constructor(details: { status?: number | null; requestId?: string | null; retryAfterMs?: number | null } = {}) {
    super('The classifier could not be reached or failed on its side.', details);
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
