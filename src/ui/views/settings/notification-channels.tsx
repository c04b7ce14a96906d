import { NOTIFICATION_TOPIC_NAMES, NOTIFICATION_TOPICS, type NotificationTopic } from '../../../domain/notification.ts';
import {
  type Channel,
  DELIVERY_ERROR_TEXT,
  type DeliveryErrorCode,
  MOST_ADDRESSES,
} from '../../../domain/notification-channel.ts';
import { PageHead } from '../../components/content.tsx';
import { CheckboxGroup, Field, FormError, PostForm } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { Notice } from '../../components/notice.tsx';
import { SwitchSetting } from '../../components/setting-fields.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { HELPSCOUT_SETTINGS_PATH, NOTIFICATION_CHANNELS_PATH, NOTIFICATIONS_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { Sent } from './last-sent.tsx';

/** What was sent to a channel lately. */
export interface ShownDispatch {
  dispatchId: string;
  notifications: number;
  state: 'waiting' | 'sent' | 'failed';
  tries: number;
  errorCode: DeliveryErrorCode | null;
  createdAt: Date;
  dueAt: Date | null;
}

interface ShownChannel {
  on: boolean;
  topics: readonly NotificationTopic[];
  dispatches: readonly ShownDispatch[];
}

/** GET /settings/notifications; POST to a channel below it. */
export interface NotificationChannelsPageProps {
  shell: Shell;
  email: ShownChannel & { addresses: readonly string[]; canSend: boolean };
  /** `host` is all that is shown of the address; null: none is set. */
  webhook: ShownChannel & { host: string | null };
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

export function NotificationChannelsPage(props: NotificationChannelsPageProps) {
  const { shell, errors, email, webhook, sent } = props;
  return (
    <Page shell={shell} title="Notification channels">
      <PageHead
        title="Notification channels"
        lead="Where notifications go besides the inbox. They carry no customer’s words and no customer’s address."
        back={{ href: HELPSCOUT_SETTINGS_PATH, text: 'HelpScout Settings' }}
        actions={<a href={NOTIFICATIONS_PATH}>Inbox</a>}
      />
      <FormError errors={errors} />
      <div class="settings-grid">
        <section class="card" aria-labelledby="email-heading">
          <h2 id="email-heading">E-mail</h2>
          {!email.canSend && (
            <Notice tone="amber">{`${DELIVERY_ERROR_TEXT.notConfigured.message} ${DELIVERY_ERROR_TEXT.notConfigured.remedy}`}</Notice>
          )}
          <PostForm action={`${NOTIFICATION_CHANNELS_PATH}/email`} csrfToken={shell.csrfToken} class="form">
            <OnOff channel="email" on={email.on} />
            <TextArea
              id="email-addresses"
              name="addresses"
              label="Addresses, one a line"
              value={sent?.addresses ?? email.addresses.join('\n')}
              rows={3}
              help={`At most ${MOST_ADDRESSES}. Several notifications within ten minutes come as one e-mail.`}
              errors={errors}
            />
            <Topics channel="email" topics={email.topics} />
            <button type="submit" class="button secondary">
              Save e-mail
            </button>
          </PostForm>
          <Sent channel="email" dispatches={email.dispatches} shell={shell} canTest={email.addresses.length > 0} />
        </section>
        <section class="card" aria-labelledby="webhook-heading">
          <h2 id="webhook-heading">Chat or webhook</h2>
          <PostForm action={`${NOTIFICATION_CHANNELS_PATH}/webhook`} csrfToken={shell.csrfToken} class="form">
            <OnOff channel="webhook" on={webhook.on} />
            <Field
              id="webhook-url"
              name="url"
              type="password"
              label="Address"
              autocomplete="off"
              maxLength={2000}
              placeholder={webhook.host ? `Stored: https://${webhook.host}/…` : 'https://hooks.example.com/…'}
              help={
                webhook.host
                  ? 'It is kept encrypted and not shown again. Leave empty to keep it.'
                  : 'An incoming webhook of Slack or of a chat that takes the same, or of a program of yours: JSON with text, id and notifications.'
              }
              errors={errors}
            />
            <Topics channel="webhook" topics={webhook.topics} />
            <button type="submit" class="button secondary">
              Save chat or webhook
            </button>
          </PostForm>
          <Sent channel="webhook" dispatches={webhook.dispatches} shell={shell} canTest={webhook.host !== null} />
        </section>
      </div>
    </Page>
  );
}

const OnOff = ({ channel, on }: { channel: Channel; on: boolean }) => (
  <SwitchSetting id={`${channel}-on`} name="on" legend="Sending" text="Send notifications" on={on} />
);

const Topics = ({ channel, topics }: { channel: Channel; topics: readonly NotificationTopic[] }) => (
  <CheckboxGroup
    id={`${channel}-topics`}
    name="topics"
    legend="About"
    options={NOTIFICATION_TOPICS.map((topic) => ({
      value: topic,
      text: NOTIFICATION_TOPIC_NAMES[topic],
      checked: topics.includes(topic),
    }))}
  />
);
