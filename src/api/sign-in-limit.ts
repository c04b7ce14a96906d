import type { AppDeps, SignInLimit } from './deps.ts';
import { RequestProblem } from './errors.ts';
import { type Counted, createRateLimit } from './rate-limit.ts';

const WINDOW_SECONDS = 15 * 60;
/** From one network address, whoever it tries to be; an office shares one. */
const TRIES_PER_ADDRESS = 30;
/** For one person's e-mail address, from wherever. */
const TRIES_PER_EMAIL = 10;

/** Limits guesses of passwords, by network address and by e-mail address (kept as a keyed hash), in MongoDB. */
export function createSignInLimit({ storage, keyRing }: Pick<AppDeps, 'storage' | 'keyRing'>): SignInLimit {
  const limit = (keyPrefix: string, points: number) =>
    createRateLimit(storage, { collection: 'signInLimits', keyPrefix, points, seconds: WINDOW_SECONDS });
  const byAddress = limit('address', TRIES_PER_ADDRESS);
  const byEmail = limit('email', TRIES_PER_EMAIL);
  return {
    async count(address, email) {
      const counted = await Promise.all([byAddress.count(address), byEmail.count(keyRing.emailHash(email))]);
      const refusal = counted.find(({ allowed }) => !allowed);
      if (refusal) throw tooManyTries(refusal);
    },

    async forgive(address, email) {
      await Promise.all([byAddress.forgiveOne(address), byEmail.forgiveAll(keyRing.emailHash(email))]);
    },
  };
}

function tooManyTries({ msBeforeNext }: Counted): RequestProblem {
  const minutes = Math.max(1, Math.ceil(msBeforeNext / 60_000));
  return new RequestProblem({
    status: 429,
    code: 'tooManyTries',
    sentence: 'There were too many tries to sign in.',
    remedy: `Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
    retryAfterSeconds: Math.ceil(msBeforeNext / 1000),
    actionHref: '/sign-in',
    actionText: 'To the sign-in page',
  });
}
