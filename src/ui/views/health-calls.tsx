import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { Badge } from '../components/badge.tsx';
import { Fact } from '../components/fact.tsx';
import { Notice } from '../components/notice.tsx';
import { formatCount } from '../format.ts';
import { API_USAGE_PATH } from '../links.ts';
import type { HealthPageProps } from './health.tsx';

/** How many calls were refused, waited or got no answer. */
export function Limits({ calls: { calls, limited, waits, timedOut, failed } }: HealthPageProps) {
  return (
    <section class="card" aria-labelledby="limits-heading">
      <h2 id="limits-heading">Calls, last 48 hours</h2>
      <dl class="facts wide-terms">
        <Fact name="Calls">{formatCount(calls)}</Fact>
        <Fact name="Refused (429)">
          <Warned count={limited} />
        </Fact>
        <Fact name="Waits for room">{formatCount(waits)}</Fact>
        <Fact name="Timeouts">
          <Warned count={timedOut} />
        </Fact>
        <Fact name="Other failures">{formatCount(Math.max(0, failed - limited - timedOut))}</Fact>
      </dl>
      {limited > 0 && <ErrorNotice code="rateLimited" />}
      {timedOut > 0 && <ErrorNotice code="timeout" />}
      <p class="card-link">
        <a href={API_USAGE_PATH}>API usage</a>
      </p>
    </section>
  );
}

/** What an error means, and what to do about it. */
function ErrorNotice({ code }: { code: 'rateLimited' | 'timeout' }) {
  const { message, remedy } = SYNC_ERROR_TEXT[code];
  return (
    <Notice tone="amber">
      {message} {remedy}
    </Notice>
  );
}

function Warned({ count }: { count: number }) {
  if (count === 0) return <>0</>;
  return (
    <Badge tone="amber" icon="alert">
      {formatCount(count)}
    </Badge>
  );
}
