import { type Channel, DELIVERY_ERROR_TEXT } from '../../../domain/notification-channel.ts';
import { type Look, LookBadge } from '../../components/badge.tsx';
import { Time } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { plural } from '../../format.ts';
import { NOTIFICATION_CHANNELS_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';
import type { ShownDispatch } from './notification-channels.tsx';

const STATES: Record<ShownDispatch['state'], Look> = {
  sent: { tone: 'green', icon: 'check', text: 'sent' },
  waiting: { tone: 'amber', icon: 'clock', text: 'waits' },
  failed: { tone: 'red', icon: 'alert', text: 'given up' },
};

/** What went to a channel lately, and a button that sends a test. */
export function Sent({
  channel,
  dispatches,
  shell,
  canTest,
}: {
  channel: Channel;
  dispatches: readonly ShownDispatch[];
  shell: Shell;
  canTest: boolean;
}) {
  return (
    <>
      {canTest && (
        <PostButton
          action={`${NOTIFICATION_CHANNELS_PATH}/${channel}/test`}
          csrfToken={shell.csrfToken}
          label={`Send a test to ${channel === 'email' ? 'the e-mail addresses' : 'the chat or webhook'}`}
        >
          Send a test
        </PostButton>
      )}
      <h3 class="last-sent">Last sent</h3>
      {dispatches.length === 0 ? (
        <p class="sub">Nothing yet.</p>
      ) : (
        <ul class="plain-rows">
          {dispatches.map(({ dispatchId, notifications, state, tries, errorCode, createdAt, dueAt }) => (
            <li key={dispatchId}>
              <LookBadge look={STATES[state]} /> {plural(notifications, 'notification')},{' '}
              <Time at={createdAt} clock={shell} />
              {errorCode && (
                <p class="sub">
                  {`${DELIVERY_ERROR_TEXT[errorCode].message} ${DELIVERY_ERROR_TEXT[errorCode].remedy} ${plural(tries, 'try', 'tries')}.`}
                  {dueAt && (
                    <>
                      {' '}
                      Next <Time at={dueAt} clock={shell} exact />.
                    </>
                  )}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
