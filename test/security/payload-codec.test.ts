import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import { UnknownKey, UnreadableSecret } from '../../src/security/errors.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);

describe('the payload codec', () => {
  it('gives back whatever was encrypted, of any size', async () => {
    const codec = createPayloadCodec(key('a'));
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), async (value, doublings) => {
        const payloads = [payload(value), payload('x'.repeat(400 * 2 ** doublings))];
        const decoded = await codec.decode(await codec.encode(payloads));
        assert.deepEqual(
          decoded.map((item) => defaultPayloadConverter.fromPayload(item)),
          [JSON.parse(JSON.stringify(value)), 'x'.repeat(400 * 2 ** doublings)],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing readable, and writes equal values differently', async () => {
    const codec = createPayloadCodec(key('a'));
    const [one, two] = await codec.encode([payload('ada@client.example'), payload('ada@client.example')]);
    const bytes = (data: Uint8Array | null | undefined) => Buffer.from(data ?? []).toString('latin1');
    assert.ok(!bytes(one?.data).includes('client'));
    assert.notEqual(bytes(one?.data), bytes(two?.data));
  });

  it('reads what an older key encrypted, and what was never encrypted', async () => {
    const [old, current] = [key('old'), key('new')];
    const encrypted = await createPayloadCodec(old).encode([payload('kept')]);
    const decoded = await createPayloadCodec(`${current},${old}`).decode([...encrypted, payload('plain')]);
    assert.deepEqual(
      decoded.map((item) => defaultPayloadConverter.fromPayload(item)),
      ['kept', 'plain'],
    );
  });

  it('refuses what was encrypted with an unknown key or changed since', async () => {
    const keys = key('a');
    const [encrypted] = await createPayloadCodec(keys).encode([payload('secret')]);
    assert.ok(encrypted?.data);
    await assert.rejects(createPayloadCodec(key('b')).decode([encrypted]), UnknownKey);
    const changed = Buffer.from(encrypted.data);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await assert.rejects(createPayloadCodec(keys).decode([{ ...encrypted, data: changed }]), UnreadableSecret);
    await assert.rejects(createPayloadCodec(keys).decode([{ ...encrypted, data: Buffer.alloc(3) }]), UnreadableSecret);
  });
});
