import assert from 'node:assert/strict';
import fc from 'fast-check';
import { verifyWebhookSignature } from '../../src/helpscout/webhook-signature.ts';

const secret = 'sandbox-secret-0001';
const body = Buffer.from(
  String.raw`{"id":7001,"number":42,"subject":"Caf\u00e9 export fails","_links":{"web":{"href":"https:\/\/secure.helpscout.net\/conversation\/7001\/42"}}}`,
);
const signature = 'VZXozWfGCW0+MsS2L2Q0NBGyQXA=';

describe('webhook signature', () => {
  it('accepts the known delivery', () => {
    assert.equal(verifyWebhookSignature(body, signature, [secret]), true);
  });

  it('accepts the previous secret during a rotation, in either place', () => {
    assert.equal(verifyWebhookSignature(body, signature, ['newer', secret]), true);
    assert.equal(verifyWebhookSignature(body, signature, [secret, 'older']), true);
  });

  it('refuses the body once it was parsed and written again', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    assert.equal(verifyWebhookSignature(rewritten, signature, [secret]), false);
  });

  it('refuses other secrets, none, an empty one and a missing signature', () => {
    assert.equal(verifyWebhookSignature(body, signature, ['other']), false);
    assert.equal(verifyWebhookSignature(body, signature, []), false);
    assert.equal(verifyWebhookSignature(body, '', [secret]), false);
    // HMAC-SHA1 of the body under the empty secret.
    assert.equal(verifyWebhookSignature(Buffer.from(''), '+9sdGxiqbAgyS31ktx+3Y3BpDh0=', ['']), false);
  });

  it('refuses the delivery when any one byte of it changed', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = Buffer.from(body);
        changed[index] = (changed[index] ?? 0) ^ change;
        assert.equal(verifyWebhookSignature(changed, signature, [secret]), false);
      }),
    );
  });

  it('refuses any other signature, of any length and any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (other) => {
        fc.pre(other !== signature);
        assert.equal(verifyWebhookSignature(body, other, [secret]), false);
      }),
    );
  });
});
