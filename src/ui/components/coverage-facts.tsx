import type { Shell } from '../props.ts';
import type { CoverageIntegration } from '../views/coverage.tsx';
import { Badge } from './badge.tsx';
import { Time } from './content.tsx';
import { Fact } from './fact.tsx';
import { Notice } from './notice.tsx';
import { TableHead } from './table.tsx';

interface Props {
  integration: CoverageIntegration;
  shell: Shell;
}

const PROBLEMS = {
  missing: 'It is not at Help Scout any more.',
  disabled: 'Help Scout has switched it off.',
  changed: 'It was changed at Help Scout.',
  unheard: 'Conversations change, and it does not tell of them: can Help Scout reach this server?',
} as const;

const Maybe = ({ at, shell }: { at: Date | null; shell: Shell }) =>
  at ? <Time at={at} clock={shell} /> : <span class="sub">not yet</span>;

/** When what was missed is looked for, and whether Help Scout tells us by itself. */
export function CoverageFacts({ integration: { integrationId, comparison, webhook, state }, shell }: Props) {
  const { lastAt, nextAt, everyMinutes } = comparison;
  const every = everyMinutes === 1 ? 'every minute' : `every ${everyMinutes} minutes`;
  return (
    <section class="card" aria-labelledby={`watch-${integrationId}`}>
      <h2 id={`watch-${integrationId}`}>Comparing and webhook</h2>
      <dl class="facts wide-terms">
        <Fact name="Last compared">
          <Maybe at={lastAt} shell={shell} />
        </Fact>
        <Fact name="Next">
          {nextAt === null ? (
            <span class="sub">{state === 'live' ? `soon: ${every}` : 'once the connection is live again'}</span>
          ) : nextAt <= shell.now ? (
            `now: ${every}`
          ) : (
            <>
              <Time at={nextAt} clock={shell} exact />, {every}
            </>
          )}
        </Fact>
        <Fact name="Webhook">
          {webhook.problem === null && webhook.active ? (
            <Badge tone="green" icon="check">
              active
            </Badge>
          ) : (
            <Badge tone="amber" icon="alert">
              not active
            </Badge>
          )}
        </Fact>
        <Fact name="Last delivery">
          <Maybe at={webhook.lastAt} shell={shell} />
        </Fact>
        {webhook.repairedAt && (
          <Fact name="Put back">
            <Time at={webhook.repairedAt} clock={shell} />
          </Fact>
        )}
      </dl>
      {webhook.problem && (
        <Notice tone="amber">
          {PROBLEMS[webhook.problem]} Conversations still come with each comparison; the webhook is put back by itself,
          at most every four hours.
        </Notice>
      )}
    </section>
  );
}

/** How fresh what we have of each chosen mailbox is. */
export function CoverageMailboxes({ integration: { integrationId, mailboxes }, shell }: Props) {
  return (
    <section class="card flush" aria-labelledby={`mailboxes-${integrationId}`}>
      <div class="card-head">
        <h2 id={`mailboxes-${integrationId}`}>Mailboxes</h2>
      </div>
      {mailboxes.length === 0 ? (
        <p class="card-text">No mailbox is chosen yet.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">How fresh each mailbox is</caption>
          <TableHead columns={['Mailbox', 'Newest change read', 'Last compared']} />
          <tbody>
            {mailboxes.map(({ mailboxId, name, newestChangeAt, comparedAt, hiddenSince }) => (
              <tr key={mailboxId}>
                <th scope="row" class="lead-cell">
                  {name}
                  {hiddenSince && (
                    <>
                      {' '}
                      <Badge tone="red" icon="alert">
                        not shown by Help Scout
                      </Badge>
                      <span class="sub">
                        {' '}
                        Deleted, or hidden from the connected user, since <Time at={hiddenSince} clock={shell} />.
                        Nothing is read from it; what changes meanwhile is read once it is back.
                      </span>
                    </>
                  )}
                </th>
                <td data-label="Newest change read">
                  <Maybe at={newestChangeAt} shell={shell} />
                </td>
                <td data-label="Last compared">
                  <Maybe at={comparedAt} shell={shell} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
