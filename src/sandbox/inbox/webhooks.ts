import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendCreated, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { Webhook } from '../store/events/webhook-events.ts';
import type { Switches } from '../switches.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';
import { WEBHOOK_EVENTS } from './webhook-events.ts';

const listSchema = z.object({ page: pageParameter });
const webhookSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1),
  secret: z.string().min(1).max(40, 'may have at most 40 characters'),
  label: z.string().nullish(),
  notification: z.boolean().nullish(),
  payloadVersion: z.enum(['V2', 'V3']).nullish(),
  mailboxIds: z.array(z.number().int()).nullish(),
});

export interface WebhookDeps extends InboxDeps {
  switches: Switches;
}

export function webhookEndpoints({ store, baseUrl, shapes, switches }: WebhookDeps): Endpoint[] {
  const toJson = (webhook: Webhook) => webhookJson(webhook, switches.values.webhooks.secretOnRead);

  function existing(id: number): Webhook {
    const webhook = store.webhooks.get(id);
    if (!webhook) throw notFound();
    return webhook;
  }

  /** Create and replace take the same body, and both leave the webhook enabled. */
  function save(id: number, input: unknown): void {
    const body = parseInput(webhookSchema, input);
    const webhook: Webhook = {
      id,
      state: 'enabled',
      url: body.url,
      events: body.events,
      secret: body.secret,
      label: body.label ?? null,
      notification: body.notification ?? false,
      payloadVersion: body.payloadVersion ?? 'V2',
      // An empty list limits to nothing that could be meant: it is taken as "all", like no list.
      mailboxIds: body.mailboxIds?.length ? body.mailboxIds : null,
    };
    store.commit({ kind: 'webhookSaved', webhook });
  }

  return [
    {
      method: 'GET',
      template: '/v2/webhooks',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const webhooks = pageOf(store.webhooks.all(), page, PAGE_SIZES.others);
        sendHal(response, halPage(request, baseUrl, 'webhooks', webhooks, toJson));
      },
    },
    {
      method: 'GET',
      template: '/v2/webhooks/{id}',
      handle(request, response) {
        sendHal(response, toJson(existing(idParam(request))));
      },
    },
    {
      method: 'POST',
      template: '/v2/webhooks',
      handle(request, response) {
        const id = store.webhooks.nextId();
        save(id, request.body);
        sendCreated(response, id, shapes.link(`/v2/webhooks/${id}`).href);
      },
    },
    {
      method: 'PUT',
      template: '/v2/webhooks/{id}',
      handle(request, response) {
        save(existing(idParam(request)).id, request.body);
        response.status(204).end();
      },
    },
    {
      method: 'DELETE',
      template: '/v2/webhooks/{id}',
      handle(request, response) {
        store.commit({ kind: 'webhookDeleted', webhookId: existing(idParam(request)).id });
        response.status(204).end();
      },
    },
  ];
}

/** Without the secret unless a switch says so: whether the original returns it is not certain. */
function webhookJson(webhook: Webhook, withSecret: boolean): object {
  const { id, url, state, events, label, notification, payloadVersion, mailboxIds } = webhook;
  return {
    id,
    url,
    state,
    events,
    ...(label !== null && { label }),
    notification,
    payloadVersion,
    ...(mailboxIds !== null && { mailboxIds }),
    ...(withSecret && { secret: webhook.secret }),
  };
}
