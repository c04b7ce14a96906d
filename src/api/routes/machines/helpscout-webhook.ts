import { z } from 'zod';
import { verifyWebhookSignature } from '../../../helpscout/webhook-signature.ts';
import { noteLogContext } from '../../../telemetry/log-context.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { badRequest, notFound, RequestProblem } from '../../errors.ts';
import { empty } from '../../reply.ts';

const conversationSchema = z.object({ id: z.number().int().positive() });

const forged = () =>
  new RequestProblem({
    status: 401,
    code: 'signatureInvalid',
    sentence: 'The signature does not belong to this body.',
    remedy: 'Sign the raw bytes of the body with the secret of this webhook.',
  });

/**
 * Takes Help Scout's deliveries: verifies the raw bytes, then parses, and answers 204 only once Temporal holds the
 * event. Everything that is not 2xx is sent again by Help Scout; 410 would switch the webhook off and is never sent.
 *
 * - 204: held durably, or nothing to hold (events that are not about conversations, a connection that was ended). The
 *   same body again is 204 again, and no more than a hint to look once more: what it tells of is read from Help Scout.
 * - 400: signed, but not JSON with an id; or the body broke off.
 * - 401 `signatureInvalid`: unsigned, forged, or signed with another integration's secret or one that is too old (the
 *   previous secret counts for a day after a new one was made).
 * - 404: an address that belongs to nobody.
 * - 408: headers or body did not arrive within ten seconds.
 * - 413: more than a megabyte; 415: compressed, which Help Scout does not do.
 * - 503: Temporal or MongoDB does not answer. The content type is not looked at: the signature says whose bytes these are.
 */
export const helpScoutWebhook = publicEndpoint({
  method: 'post',
  path: '/webhooks/helpscout/:webhookKey',
  access: 'machine',
  params: z.object({ webhookKey: z.string().min(1).max(200) }),
  handler:
    ({ storage, keyRing, batcher, logger, now }) =>
    async ({ params: { webhookKey }, req }) => {
      const found = await storage.integrations.findByWebhookKey(webhookKey, now());
      if (!found) throw notFound();
      const { organizationId, integrationId } = found;
      noteLogContext({ organizationId, integrationId });
      const secrets = found.secretCiphertexts.map((ciphertext) =>
        keyRing.decrypt(ciphertext, { organizationId, integrationId, purpose: 'webhookSecret' }),
      );
      const body: unknown = req.body;
      const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      if (!verifyWebhookSignature(rawBody, req.get('X-HelpScout-Signature') ?? '', secrets)) throw forged();
      // For a page alone: that it cannot be noted is no reason to have the delivery sent again.
      await storage.arrivals
        .noteWebhook(organizationId, integrationId, now())
        .catch((err: unknown) => logger.warn({ err, integrationId }, 'arrival of a webhook not noted'));

      const event = req.get('X-HelpScout-Event') ?? '';
      const content = parseJson(rawBody);
      if (!event.startsWith('convo.') || found.state === 'disconnected') return empty();
      const conversation = conversationSchema.safeParse(content);
      if (!conversation.success) throw badRequest();
      await batcher.add(integrationId, {
        event,
        conversationId: conversation.data.id,
        receivedAtMs: now().getTime(),
      });
      return empty();
    },
});

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw badRequest();
  }
}
