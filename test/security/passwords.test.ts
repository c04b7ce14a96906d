import assert from 'node:assert/strict';
import { hashPassword, verifyPassword } from '../../src/security/passwords.ts';
import { hashToken, randomToken, readablePassword } from '../../src/security/tokens.ts';

describe('passwords', () => {
  it('are kept as argon2id and recognized', async () => {
    const stored = await hashPassword('correct horse battery');
    assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await verifyPassword(stored, 'correct horse battery'), true);
    assert.equal(await verifyPassword(stored, 'correct horse batterY'), false);
  });

  it('are the same however the keyboard composes a letter', async () => {
    assert.equal(
      await verifyPassword(await hashPassword('caf\u00e9 caf\u00e9 caf\u00e9'), 'cafe\u0301 cafe\u0301 cafe\u0301'),
      true,
    );
  });

  it('of nobody are never right', async () => {
    assert.equal(await verifyPassword(null, 'nobody has this password'), false);
  });
});

describe('tokens', () => {
  it('have 256 bits and never repeat', () => {
    const tokens = new Set(Array.from({ length: 100 }, randomToken));
    assert.equal(tokens.size, 100);
    for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').length, 32);
    assert.notEqual(hashToken('a'), hashToken('b'));
  });

  it('meant for reading aloud avoid letters that look alike', () => {
    assert.match(readablePassword(), /^([a-hjkmnp-zA-HJ-NP-Z2-9]{5}-){3}[a-hjkmnp-zA-HJ-NP-Z2-9]{5}$/);
  });
});
