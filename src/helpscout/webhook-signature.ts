import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Help Scout signed these bytes with one of the secrets (the current one, and the previous one while
 * deliveries signed with it may still arrive). The bytes must be those received: bodies escape `/` and non-ASCII
 * letters, so a body that was parsed and written again has another signature.
 */
export function verifyWebhookSignature(rawBody: Buffer, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature);
  let verified = false;
  for (const secret of secrets) {
    const expected = Buffer.from(createHmac('sha1', secret).update(rawBody).digest('base64'));
    // Lengths are no secret, and timingSafeEqual throws on different ones.
    const equal = expected.length === given.length && timingSafeEqual(expected, given);
    // An empty secret signs for everybody.
    verified = (equal && secret !== '') || verified;
  }
  return verified;
}
