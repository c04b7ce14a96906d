import { ClassifierError } from './classifier-error.ts';

/** Too many requests for now (429). Ask again after `retryAfterMs`, where the provider said how long. */
export class ClassifierRateLimited extends ClassifierError {
  readonly retryAfterMs: number | null;

  constructor(retryAfterMs: number | null, requestId: string | null = null) {
    super('The classifier allows no more requests for now.', { status: 429, requestId });
    this.retryAfterMs = retryAfterMs;
  }
}
