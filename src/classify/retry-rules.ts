import type { Classification } from './classifier.ts';
import type { ClassifierError } from './errors/classifier-error.ts';
import { ClassifierOverloaded } from './errors/classifier-overloaded.ts';
import { ClassifierRateLimited } from './errors/classifier-rate-limited.ts';
import { ClassifierRejected } from './errors/classifier-rejected.ts';
import { ClassifierUnauthorized } from './errors/classifier-unauthorized.ts';
import { ClassifierUnavailable } from './errors/classifier-unavailable.ts';

/**
 * What may be done after an outcome: `largerLimit` asks again with more room for the answer, `same` asks again as
 * before; both once. A refusal, or an answer without any text, would only be repeated.
 */
export const SECOND_TRY = {
  classified: 'never',
  refused: 'never',
  empty: 'never',
  truncated: 'largerLimit',
  malformed: 'same',
} as const satisfies Record<Classification['kind'], 'never' | 'same' | 'largerLimit'>;

/**
 * What may be done after an error, by whoever calls: `until answered` asks again as long as it takes, with at least
 * `waitMs` before; `by a person` needs somebody to change the key or the model first.
 */
export type ErrorRule = { again: 'until answered'; waitMs: number } | { again: 'by a person' };

export function retryRuleOf(error: ClassifierError): ErrorRule {
  if (error instanceof ClassifierUnauthorized || error instanceof ClassifierRejected) return { again: 'by a person' };
  if (error instanceof ClassifierRateLimited) return { again: 'until answered', waitMs: error.retryAfterMs ?? 60_000 };
  if (error instanceof ClassifierOverloaded) return { again: 'until answered', waitMs: error.retryAfterMs ?? 30_000 };
  const asked = error instanceof ClassifierUnavailable ? error.retryAfterMs : null;
  return { again: 'until answered', waitMs: asked ?? 2_000 };
}
