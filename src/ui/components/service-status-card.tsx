import type { ServiceStatus, StatusReading } from '../../domain/service-status.ts';
import type { Shell } from '../props.ts';
import { Badge } from './badge.tsx';
import { ExternalLink, Time } from './content.tsx';
import { Notice } from './notice.tsx';

const INDICATOR = {
  none: { tone: 'green', icon: 'check' },
  minor: { tone: 'amber', icon: 'alert' },
  major: { tone: 'red', icon: 'alert' },
  critical: { tone: 'red', icon: 'alert' },
  maintenance: { tone: 'blue', icon: 'clock' },
  unknown: { tone: 'neutral', icon: 'info' },
} as const;
const PROBLEM: Record<NonNullable<StatusReading['problem']>, string> = {
  unreachable: 'The status page did not answer',
  refused: 'The status page answered with an error',
  unreadable: 'The status page’s answer could not be read',
};

/** What Help Scout says of itself, with its age: it is asked every few minutes, not now. */
export function ServiceStatusCard({
  reading,
  url,
  shell,
}: {
  reading: StatusReading | null;
  url: string;
  shell: Shell;
}) {
  return (
    <section class="card" aria-labelledby="status-heading">
      <h2 id="status-heading">Help Scout’s own status</h2>
      {reading === null && <p class="sub">Not asked yet: that happens every five minutes.</p>}
      {reading?.problem && (
        <Notice tone="amber">
          {PROBLEM[reading.problem]} <Time at={reading.checkedAt} clock={shell} />.{' '}
          {reading.status ? 'Below is what it said before.' : 'How Help Scout is doing is not known.'}
        </Notice>
      )}
      {reading?.status && reading.statusAt && (
        <Status status={reading.status} at={reading.statusAt} shell={shell} isOld={reading.problem !== null} />
      )}
      <p class="card-link">
        <ExternalLink href={url}>Open the status page</ExternalLink>
      </p>
    </section>
  );
}

function Status({ status, at, shell, isOld }: { status: ServiceStatus; at: Date; shell: Shell; isOld: boolean }) {
  const { tone, icon } = INDICATOR[status.indicator];
  return (
    <>
      <p>
        <Badge tone={isOld ? 'neutral' : tone} icon={icon}>
          {status.description || 'No description'}
        </Badge>{' '}
        <span class="sub">
          <Time at={at} clock={shell} />
        </span>
      </p>
      {status.incidents.length > 0 && (
        <ul>
          {status.incidents.map(({ name, state, impact, startedAt }) => (
            <li key={name}>
              {name}{' '}
              <span class="sub">
                {[state, impact && `impact: ${impact}`].filter(Boolean).join(', ')}
                {startedAt && (
                  <>
                    , since <Time at={startedAt} clock={shell} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {status.components.length > 0 && (
        <p class="sub">
          {`Not working as they should: ${status.components.map(({ name, state }) => `${name} (${state.replaceAll('_', ' ')})`).join(', ')}.`}
        </p>
      )}
    </>
  );
}
