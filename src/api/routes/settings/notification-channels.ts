import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NOTIFICATION_TOPICS } from '../../../domain/notification.ts';
import { CHANNELS, type Channel, DELIVERY_ERROR_TEXT, MOST_ADDRESSES } from '../../../domain/notification-channel.ts';
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
const addresses = z
  .string('Enter an e-mail address, or none.')
  .max(6000, 'Use fewer addresses.')
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter((address) => address !== ''))])
  .pipe(
    z
      .array(z.email('Each line needs an e-mail address, such as ada@example.com.').max(254, 'An address is too long.'))
      .max(MOST_ADDRESSES, `Use at most ${MOST_ADDRESSES} addresses.`),
  );

const showPage = async (
  deps: Deps,
  organizationId: string,
  shell: Shell,
  refused?: { errors: FieldErrors; sent: Readonly<Record<string, string>> },
) =>
  page(
    NotificationChannelsPage({ shell, ...(await notificationChannels(deps, organizationId)), ...refused }),
    refused ? 422 : 200,
  );

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
  body: z.object({ on, addresses, topics }),
  handler:
    (deps) =>
    async ({ organizationId, member, body, shell }) => {
      if (body.on && body.addresses.length === 0) {
        const errors = { addresses: 'Enter at least one address, or switch sending off.' };
        return showPage(deps, organizationId, await shell(), { errors, sent: { addresses: '' } });
      }
      const { email: before } = await deps.storage.notificationChannels.get(organizationId);
      const since = before?.on ? before.since : deps.now();
      await deps.storage.notificationChannels.save(organizationId, { email: { ...body, since } });
      await record(
        deps,
        organizationId,
        member.email,
        'email',
        `${body.on ? 'on' : 'off'}, ${body.addresses.length} addresses`,
      );
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
      if (problem) return showPage(deps, organizationId, await shell(), { errors: { url: problem }, sent: {} });
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
  const { protocol, username } = new URL(text);
  if (username !== '') return 'Leave user name and password out of the address.';
  const isSecure = protocol === 'https:' || (localAllowed && protocol === 'http:');
  return isSecure ? null : 'Enter an address that begins with https://.';
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
