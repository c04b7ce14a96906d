import { timingSafeEqual } from 'node:crypto';
import proto from '@temporalio/proto';
import { z } from 'zod';
import type { Config } from '../../../config.ts';
import { codecKeys } from '../../../security/codec-key.ts';
import { createPayloadCodec } from '../../../security/payload-codec.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { badRequest, notFound } from '../../errors.ts';
import { empty, json } from '../../reply.ts';

const { Payloads } = proto.temporal.api.common.v1;
const params = z.object({ codecKey: z.string() });
const path = '/temporal/codec/:codecKey/decode';

/** Only Temporal Web's own pages may ask, and only they learn that this is here. */
function corsHeaders({ temporal: { uiUrl } }: Config) {
  return {
    'Access-Control-Allow-Origin': new URL(uiUrl).origin,
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'content-type, x-namespace, authorization',
    'Cache-Control': 'no-store',
    Vary: 'Origin',
  };
}

function checkKey(config: Config, given: string): void {
  const asked = Buffer.from(given);
  const known = codecKeys(config.encryptionKeys).map((key) => Buffer.from(key));
  if (!known.some((key) => key.length === asked.length && timingSafeEqual(key, asked))) throw notFound();
}

/** What a browser asks before it sends payloads from Temporal Web's origin to ours. */
export const allowDecoding = publicEndpoint({
  method: 'options',
  path,
  access: 'machine',
  params,
  handler:
    ({ config }) =>
    async ({ params }) => {
      checkKey(config, params.codecKey);
      return empty(204, corsHeaders(config));
    },
});

/**
 * Lets Temporal Web show what is encrypted in histories: causes, remedies, whose sync it is. The key in the address is
 * known to Temporal Web's configuration alone; message text and tokens are never in a history.
 */
export const decodePayloads = publicEndpoint({
  method: 'post',
  path,
  access: 'machine',
  params,
  handler: ({ config }) => {
    const codec = createPayloadCodec(config.encryptionKeys);
    return async ({ params, req }) => {
      checkKey(config, params.codecKey);
      const decoded = await codec.decode(readPayloads(req.body).payloads).catch(() => {
        // Encrypted with a key that is gone, or not by us.
        throw badRequest();
      });
      return json(
        200,
        Payloads.toObject(Payloads.create({ payloads: decoded }), { bytes: String }),
        corsHeaders(config),
      );
    };
  },
});

function readPayloads(body: unknown) {
  try {
    return Payloads.fromObject(JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : ''));
  } catch {
    throw badRequest();
  }
}
