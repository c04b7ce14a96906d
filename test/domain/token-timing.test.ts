import assert from 'node:assert/strict';
import fc from 'fast-check';
import { refreshAtMs } from '../../src/domain/token-timing.ts';

describe('token timing', () => {
  it('refreshes at 70 to 75 % of the life, and never within the first minute', () => {
    const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        random,
        (now, life, r) => {
          const waitMs = refreshAtMs(now, now + life, r) - now;
          assert(waitMs >= 60_000);
          if (life > 100_000) assert(waitMs >= life * 0.69 && waitMs <= life * 0.7501);
        },
      ),
    );
  });
});
