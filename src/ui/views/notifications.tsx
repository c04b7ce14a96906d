import type { Notification } from '../../domain/notification.ts';
import { Badge } from '../components/badge.tsx';
import { EmptyState, PageHead, Time } from '../components/content.tsx';
import { PostButton } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { Pager } from '../components/pager.tsx';
import { plural } from '../format.ts';
import { HELPSCOUT_SETTINGS_PATH, NOTIFICATIONS_PATH, safeHref, withQuery } from '../links.ts';
import type { Shell } from '../props.ts';

/** GET /notifications. */
export interface NotificationsPageProps {
  shell: Shell;
  /** Newest first. */
  notifications: readonly (Notification & { unread: boolean })[];
  /** Whether this is the newest page, and the cursor of the one after. */
  isNewest: boolean;
  older: string | null;
  /** Whether the member may set what is watched. */
  maySet: boolean;
}

export function NotificationsPage({ shell, notifications, isNewest, older, maySet }: NotificationsPageProps) {
  const unread = shell.notifications ?? 0;
  const [newest] = notifications;
  return (
    <Page shell={shell} title="Notifications">
      <PageHead
        title="Notifications"
        lead={unread > 0 ? `${plural(unread, 'notification')} not read yet.` : 'Everything is read.'}
        actions={
          <>
            {maySet && <a href={HELPSCOUT_SETTINGS_PATH}>What is watched</a>}
            {isNewest && newest && unread > 0 && (
              <PostButton
                action={`${NOTIFICATIONS_PATH}/read`}
                csrfToken={shell.csrfToken}
                fields={{ until: newest.at.toISOString() }}
              >
                Mark all as read
              </PostButton>
            )}
          </>
        }
      />
      {notifications.length === 0 ? (
        <EmptyState icon="check" title="Nothing to tell">
          <p>When syncs fail more often than you allow, a ticket fails, or nothing comes any more, it is told here.</p>
        </EmptyState>
      ) : (
        <section class="card flush" aria-label="Notifications">
          <ul class="rows">
            {notifications.map((notification) => (
              <Row key={notification.notificationId} notification={notification} shell={shell} />
            ))}
          </ul>
        </section>
      )}
      <Pager
        newest={isNewest ? null : NOTIFICATIONS_PATH}
        older={older && withQuery(NOTIFICATIONS_PATH, { before: older })}
      />
    </Page>
  );
}

function Row({
  notification: { kind, text, href, at, unread },
  shell,
}: {
  notification: NotificationsPageProps['notifications'][number];
  shell: Shell;
}) {
  return (
    <li class={unread ? 'notification unread' : 'notification'}>
      <div>
        <a class="row-title" href={safeHref(href) ?? NOTIFICATIONS_PATH}>
          {text}
        </a>
        <p class="sub dots">
          <Time at={at} clock={shell} />
          {unread && <span>not read</span>}
        </p>
      </div>
      {kind === 'recovery' ? (
        <Badge tone="green" icon="check">
          Over
        </Badge>
      ) : kind === 'news' ? (
        <Badge tone="blue" icon="info">
          News
        </Badge>
      ) : (
        <Badge tone="red" icon="alert">
          Alert
        </Badge>
      )}
    </li>
  );
}
