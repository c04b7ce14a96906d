import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { InvalidKeys, UnknownKey, UnreadableSecret } from '../../src/security/errors.ts';
import { createKeyRing, type SecretBinding } from '../../src/security/key-ring.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const binding: SecretBinding = { organizationId: 'org', integrationId: 'int', purpose: 'accessToken' };

describe('key ring', () => {
  const old = key('2025');
  const fresh = key('2026');
  const ring = createKeyRing(old);

  it('gives back every text it encrypted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(ring.decrypt(ring.encrypt(text, binding), binding), text);
      }),
    );
  });

  it('encrypts equal texts differently and does not show them', () => {
    const first = ring.encrypt('a very secret token', binding);
    assert.notEqual(first, ring.encrypt('a very secret token', binding));
    assert.doesNotMatch(Buffer.from(first.split('.')[1] ?? '', 'base64url').toString('latin1'), /secret/);
  });

  it('notices a change of any one bit', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(7), (text, at, bit) => {
        const [id, encoded = ''] = ring.encrypt(text, binding).split('.');
        const body = Buffer.from(encoded, 'base64url');
        const index = at % body.length;
        body[index] = (body[index] ?? 0) ^ (1 << bit);
        assert.throws(() => ring.decrypt(`${id}.${body.toString('base64url')}`, binding), UnreadableSecret);
      }),
    );
  });

  it('notices a cut, an extension and a text that was never a ciphertext', () => {
    const whole = ring.encrypt('token', binding);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        assert.throws(() => ring.decrypt(whole.slice(0, length), binding), UnreadableSecret);
      }),
    );
    for (const text of ['', '.', 'token', `${whole}A`, `${whole}=`, `${whole} `]) {
      assert.throws(() => ring.decrypt(text, binding), UnreadableSecret);
    }
  });

  it('refuses a secret that was moved to another organization, integration or field', () => {
    const ciphertext = ring.encrypt('token', binding);
    for (const other of [{ organizationId: 'other' }, { integrationId: 'other' }, { purpose: 'docsKey' as const }]) {
      assert.throws(() => ring.decrypt(ciphertext, { ...binding, ...other }), UnreadableSecret);
    }
    const shifted = { ...binding, organizationId: 'or', integrationId: 'gint' };
    assert.throws(() => ring.decrypt(ciphertext, shifted), UnreadableSecret);
  });

  it('reads with every key, writes with the first, and says what to rotate', () => {
    const before = ring.encrypt('token', binding);
    const both = createKeyRing(`${fresh},${old}`);
    assert.equal(both.decrypt(before, binding), 'token');
    assert.equal(both.needsRotation(before), true);
    const after = both.encrypt('token', binding);
    assert.equal(both.needsRotation(after), false);
    assert.equal(createKeyRing(fresh).decrypt(after, binding), 'token');
    assert.throws(() => createKeyRing(fresh).decrypt(before, binding), UnknownKey);
  });

  it('refuses keys that are malformed, too short or share an id, without repeating them', () => {
    const short = randomBytes(16).toString('base64');
    for (const keys of ['', 'nokey', `a:${short}`, `${old},${old}`, `${old},`]) {
      assert.throws(
        () => createKeyRing(keys),
        (error) => error instanceof InvalidKeys && !error.message.includes(short),
      );
    }
  });

  it('hashes an address the same whatever its case, and differently under another key', () => {
    assert.equal(ring.emailHash('Ada@Example.com '), ring.emailHash('ada@example.com'));
    assert.notEqual(ring.emailHash('ada@example.com'), createKeyRing(fresh).emailHash('ada@example.com'));
    assert.deepEqual(createKeyRing(`${fresh},${old}`).emailHashes('a@b.example'), [
      createKeyRing(fresh).emailHash('a@b.example'),
      ring.emailHash('a@b.example'),
    ]);
  });
});
