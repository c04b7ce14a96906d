import type { Integration } from '../../domain/integration.ts';
import { Badge } from '../components/badge.tsx';
import { Time } from '../components/content.tsx';
import { Fact } from '../components/fact.tsx';
import { formatPercent, plural } from '../format.ts';
import { integrationHref, logHref } from '../links.ts';
import type { Shell } from '../props.ts';
import type { HealthPageProps } from './health.tsx';

/** When something of each kind last came through, and what waits. */
export function Freshness({ shell, last, integrations, missed, waiting }: HealthPageProps) {
  const when = (at: Date | null) => (at ? <Time at={at} clock={shell} /> : <span class="sub">not yet</span>);
  return (
    <section class="card" aria-labelledby="freshness-heading">
      <h2 id="freshness-heading">When it last worked</h2>
      <dl class="facts wide-terms">
        {integrations.map(({ integrationId, lastWebhookAt, webhookActive, scan, state, tokenExpiresAt }) => (
          <>
            <Fact name="Webhook came">
              {when(lastWebhookAt)}
              {!webhookActive && state !== 'connecting' && (
                <>
                  {' '}
                  <Badge tone="amber" icon="alert">
                    not active
                  </Badge>
                </>
              )}
            </Fact>
            <Fact name="Scan">
              {scan === null ? (
                <span class="sub">not yet</span>
              ) : scan.finishedAtMs === null ? (
                <>
                  runs since <Time at={new Date(scan.startedAtMs)} clock={shell} />
                </>
              ) : (
                <>
                  finished <Time at={new Date(scan.finishedAtMs)} clock={shell} />
                </>
              )}
            </Fact>
            <Fact name="Access">
              <Access state={state} expiresAt={tokenExpiresAt} integrationId={integrationId} shell={shell} />
            </Fact>
          </>
        ))}
        <Fact name="Conversation">{when(last.conversation)}</Fact>
        <Fact name="Ticket">{when(last.ticket)}</Fact>
        <Fact name="Customer">{when(last.customer)}</Fact>
        <Fact name="Missed by webhooks">
          {missed === null ? (
            <span class="sub">none found in 48 hours</span>
          ) : (
            `${formatPercent(missed.missed / Math.max(missed.missed, missed.conversations))} in 48 hours: ${missed.missed} of ${plural(missed.conversations, 'conversation')} were found by comparing`
          )}
        </Fact>
        <Fact name="Waiting">
          {waiting.rows === 0 ? (
            'nothing for more than 10 minutes'
          ) : (
            <>
              <a href={logHref({ status: ['pending'] })}>
                {`${waiting.more ? 'more than ' : ''}${plural(waiting.rows, 'event')}`}
              </a>
              {waiting.oldestAt && (
                <>
                  , the oldest since <Time at={waiting.oldestAt} clock={shell} />
                </>
              )}
            </>
          )}
        </Fact>
      </dl>
    </section>
  );
}

function Access({
  state,
  expiresAt,
  integrationId,
  shell,
}: {
  state: Integration['state'];
  expiresAt: Date | null;
  integrationId: string;
  shell: Shell;
}) {
  if (state === 'needsReauthorization') {
    return (
      <>
        <Badge tone="red" icon="alert">
          refused
        </Badge>{' '}
        <a href={integrationHref(integrationId)}>Reconnect</a>
      </>
    );
  }
  if (!expiresAt) return <span class="sub">none yet</span>;
  if (expiresAt <= shell.now) {
    return (
      <Badge tone="red" icon="alert">
        expired
      </Badge>
    );
  }
  return (
    <>
      renewed by itself, lasts until <Time at={expiresAt} clock={shell} exact />
    </>
  );
}
