import assert from 'node:assert/strict';
import { createDice } from '../../src/sandbox/dice.ts';
import { createSwitches } from '../../src/sandbox/switches.ts';

describe('sandbox: switches', () => {
  const rolls = (roll: () => object | null, count: number) => Array.from({ length: count }, () => roll() !== null);

  it('starts from the defaults and what it is given, and sets only what is named', () => {
    const switches = createSwitches({ rateLimit: { perMinute: 9 } });
    switches.set({ oauth: { refreshTokens: 'kept' } });
    assert.equal(switches.values.rateLimit.perMinute, 9);
    assert.equal(switches.values.rateLimit.window, 'fixed');
    assert.equal(switches.values.oauth.refreshTokens, 'kept');
    assert.equal(switches.values.oauth.tokenEndpoint, 'free');
    switches.set({ pageDrift: { probability: 1, seed: 1, kinds: ['new'] } });
    switches.set({ search: { lagMs: 5 } });
    assert.notEqual(switches.values.pageDrift, null);
    switches.set({ pageDrift: null });
    assert.equal(switches.values.pageDrift, null);
  });

  it('rolls its dice on while other switches are turned, and anew when its own is set', () => {
    const lose = { probability: 0.5, seed: 11 };
    const straight = createSwitches({ webhooks: { lose } });
    const expected = rolls(
      createDice(() => straight.values.webhooks.lose),
      40,
    );
    assert.equal(new Set(expected).size, 2);

    const switches = createSwitches({ webhooks: { lose } });
    const dice = createDice(() => switches.values.webhooks.lose);
    const first = rolls(dice, 20);
    switches.set({ webhooks: { timeoutMs: 5 }, search: { lagMs: 1 } });
    assert.deepEqual([...first, ...rolls(dice, 20)], expected);
    switches.set({ webhooks: { lose: { ...lose } } });
    assert.deepEqual(rolls(dice, 40), expected);
    switches.set({ webhooks: { lose: null } });
    assert.deepEqual(new Set(rolls(dice, 10)), new Set([false]));
  });
});
