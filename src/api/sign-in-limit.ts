import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppDeps, SignInLimit } from './deps.ts';
import { RequestProblem } from './errors.ts';

const WINDOW_SECONDS = 15 * 60;
/** From one network address, whoever it tries to be; an office shares one. */
const TRIES_PER_ADDRESS = 30;
/** For one person's e-mail address, from wherever. */
const TRIES_PER_EMAIL = 10;

/** Limits guesses of passwords, by network address and by e-mail address (kept as a keyed hash), in MongoDB. */
export function createSignInLimit({ storage, keyRing }: Pick<AppDeps, 'storage' | 'keyRing'>): SignInLimit {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterMongo({
      storeClient: storage.connection.getClient(),
      dbName: storage.connection.name,
      tableName: 'signInLimits',
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    });
  const byAddress = limiter('address', TRIES_PER_ADDRESS);
  const byEmail = limiter('email', TRIES_PER_EMAIL);
  return {
    async count(address, email) {
      try {
        await Promise.all([byAddress.consume(address), byEmail.consume(keyRing.emailHash(email))]);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) throw tooManyTries(refusal);
        throw refusal;
      }
    },

    async forgive(address, email) {
      await Promise.all([byAddress.reward(address), byEmail.delete(keyRing.emailHash(email))]);
    },
  };
}

function tooManyTries({ msBeforeNext }: RateLimiterRes): RequestProblem {
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
