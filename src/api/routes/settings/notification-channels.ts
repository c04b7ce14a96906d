import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NOTIFICATION_TOPICS, type NotificationTopic } from '../../../domain/notification.ts';
import { CHANNELS, type Channel, DELIVERY_ERROR_TEXT, MOST_ADDRESSES } from '../../../domain/notification-channel.ts';
import { isLoopback, mayBePublic } from '../../../notify/network-address.ts';
import { roleFor } from '../../../security/permissions.ts';
import { NotificationChannelsPage } from '../../../ui/index.ts';
import { NOTIFICATION_CHANNELS_PATH } from '../../../ui/links.ts';
import type { FieldErrors, Shell } from '../../../ui/props.ts';
import {
  TASK_QUEUE,
  TEST_CHANNEL_WORKFLOW,
  type TestChannelInput,
  type TestChannelResult,
} from '../../../workflows/contract.ts';
import type { Deps } from '../../deps.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { notificationChannels } from '../../readers/notification-channels.ts';
import { page, redirect } from '../../reply.ts';
import { within } from '../../temporal/deadline.ts';

const access = roleFor('manageSettings');
/** A mail server that does not answer is given up before. */
const TEST_MS = 40_000;
/** What notify-activities.ts decrypts with. */
const ORGANIZATION_BINDING = 'organization';

/** Checkboxes of one name: none, one or several. */
const topics = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.enum(NOTIFICATION_TOPICS)),
);
const on = z
  .unknown()
  .optional()
  .transform((value) => value === 'on');
const addressesSchema = z
  .string()
  .max(6000, 'Use fewer addresses.')
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter((address) => address !== ''))])
  .pipe(
    z
      .array(z.email('Each line needs an e-mail address, such as ada@example.com.').max(254, 'An address is too long.'))
      .max(MOST_ADDRESSES, `Use at most ${MOST_ADDRESSES} addresses.`),
  );

/** What a refused form is shown again with; a chat's address is not shown again. */
interface Refusal {
  errors: FieldErrors;
  sent: Readonly<Record<string, string>>;
  chosen?: Partial<Record<Channel, { on: boolean; topics: readonly NotificationTopic[] }>>;
}

const showPage = async (deps: Deps, organizationId: string, shell: Shell, refused?: Refusal) => {
  const { email, webhook } = await notificationChannels(deps, organizationId);
  const { errors, sent, chosen } = refused ?? {};
  const props = {
    ...{ shell, ...(errors && { errors }), ...(sent && { sent }) },
    email: { ...email, ...chosen?.email },
    webhook: { ...webhook, ...chosen?.webhook },
  };
  return page(NotificationChannelsPage(props), refused ? 422 : 200);
};

const record = ({ storage, now }: Deps, organizationId: string, by: string, channel: Channel, details: string) =>
  storage.auditTrail.record(organizationId, {
    at: now(),
    by,
    action: 'changed settings',
    target: channel === 'email' ? 'Notifications by e-mail' : 'Notifications to a chat',
    details,
  });

const show = memberEndpoint({
  method: 'get',
  path: NOTIFICATION_CHANNELS_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      showPage(deps, organizationId, await shell()),
});

const saveEmail = memberEndpoint({
  method: 'post',
  path: `${NOTIFICATION_CHANNELS_PATH}/email`,
  access,
  body: z.object({ on, addresses: z.string('Enter an e-mail address, or none.'), topics }),
  handler:
    (deps) =>
    async ({ organizationId, member, body, shell }) => {
      const { on, topics } = body;
      const refuse = async (problem: string) =>
        showPage(deps, organizationId, await shell(), {
          ...{ errors: { addresses: problem }, sent: { addresses: body.addresses }, chosen: { email: { on, topics } } },
        });
      const read = addressesSchema.safeParse(body.addresses);
      if (!read.success) return refuse(read.error.issues[0]?.message ?? 'Enter e-mail addresses.');
      const addresses = read.data;
      if (on && addresses.length === 0) return refuse('Enter at least one address, or switch sending off.');
      const { email: before } = await deps.storage.notificationChannels.get(organizationId);
      const since = before?.on ? before.since : deps.now();
      await deps.storage.notificationChannels.save(organizationId, { email: { on, addresses, topics, since } });
      await record(deps, organizationId, member.email, 'email', `${on ? 'on' : 'off'}, ${addresses.length} addresses`);
      return redirect(NOTIFICATION_CHANNELS_PATH, { kind: 'success', text: 'Saved.' });
    },
  refused:
    (deps) =>
    async ({ organizationId, errors, sent, shell }) =>
      showPage(deps, organizationId, await shell(), { errors, sent }),
});

const saveWebhook = memberEndpoint({
  method: 'post',
  path: `${NOTIFICATION_CHANNELS_PATH}/webhook`,
  access,
  body: z.object({ on, url: z.string('Enter an address.').trim().max(2000, 'Use at most 2,000 characters.'), topics }),
  handler:
    (deps) =>
    async ({ organizationId, member, body, shell }) => {
      const { storage, keyRing, config } = deps;
      const { webhook: before } = await storage.notificationChannels.get(organizationId);
      const problem =
        body.url === '' ? (before ? null : 'Enter an address.') : urlProblem(body.url, config.sandboxUrl !== null);
      if (problem) {
        const chosen = { webhook: { on: body.on, topics: body.topics } };
        return showPage(deps, organizationId, await shell(), { errors: { url: problem }, sent: {}, chosen });
      }
      const binding = { organizationId, integrationId: ORGANIZATION_BINDING, purpose: 'notificationUrl' as const };
      const address =
        body.url === '' && before
          ? { urlCiphertext: before.urlCiphertext, host: before.host }
          : { urlCiphertext: keyRing.encrypt(body.url, binding), host: new URL(body.url).host };
      const since = before?.on ? before.since : deps.now();
      await storage.notificationChannels.save(organizationId, {
        webhook: { ...address, on: body.on, topics: body.topics, since },
      });
      await record(deps, organizationId, member.email, 'webhook', `${body.on ? 'on' : 'off'}, ${address.host}`);
      return redirect(NOTIFICATION_CHANNELS_PATH, { kind: 'success', text: 'Saved.' });
    },
  refused:
    (deps) =>
    async ({ organizationId, errors, shell }) =>
      showPage(deps, organizationId, await shell(), { errors, sent: {} }),
});

/** What is wrong with an address that can be seen before it is looked up. */
function urlProblem(text: string, localAllowed: boolean): string | null {
  if (!URL.canParse(text)) return 'Enter an address that begins with https://.';
  const { protocol, username, hostname } = new URL(text);
  if (username !== '') return 'Leave user name and password out of the address.';
  const isLocal = localAllowed && isLoopback(hostname);
  if (protocol !== 'https:' && !(isLocal && protocol === 'http:')) return 'Enter an address that begins with https://.';
  return isLocal || mayBePublic(hostname) ? null : 'Enter an address on the internet, not one of this network.';
}

const testOf = (channel: Channel) =>
  memberEndpoint({
    method: 'post',
    path: `${NOTIFICATION_CHANNELS_PATH}/${channel}/test`,
    access,
    handler:
      ({ temporal }) =>
      async ({ organizationId }) => {
        const input: TestChannelInput = { organizationId, channel };
        const failure = await within(temporal, TEST_MS, () =>
          temporal.workflow.execute<(input: TestChannelInput) => Promise<TestChannelResult>>(TEST_CHANNEL_WORKFLOW, {
            workflowId: `testNotification:${organizationId}:${channel}:${randomUUID()}`,
            taskQueue: TASK_QUEUE,
            workflowExecutionTimeout: TEST_MS,
            args: [input],
          }),
        );
        if (!failure) return redirect(NOTIFICATION_CHANNELS_PATH, { kind: 'success', text: 'The test was accepted.' });
        const { message, remedy } = DELIVERY_ERROR_TEXT[failure.code];
        return redirect(NOTIFICATION_CHANNELS_PATH, { kind: 'error', text: `${message} ${remedy}` });
      },
  });

export const notificationChannelEndpoints: readonly Endpoint[] = [
  show,
  saveEmail,
  saveWebhook,
  ...CHANNELS.map(testOf),
];
