import type { Attempt } from '../../domain/sync-event.ts';
import { type Clock, formatWait } from '../format.ts';
import { AttemptBadge } from './badges.tsx';
import { Time } from './content.tsx';

/** Each try at a sync: when, by whom, which call decided it, what Help Scout said, and how long was waited. */
export function LogAttempts({ attempts, clock }: { attempts: readonly Attempt[]; clock: Clock }) {
  if (attempts.length === 0) return <p class="sub">No attempt has ended yet.</p>;
  return (
    <ol class="attempt-list">
      {attempts.map((attempt, index) => (
        <li key={`${attempt.at.getTime()}-${attempt.outcome}`}>
          <span class="sub">Attempt {index + 1}</span>
          <AttemptBadge outcome={attempt.outcome} />
          <Time at={attempt.at} clock={clock} exact />
          <span>{attempt.by === 'automatic' ? 'automatic' : `by ${attempt.by}`}</span>
          {attempt.endpoint && <code>{attempt.endpoint}</code>}
          {(attempt.errorCode || attempt.httpStatus) && (
            <code>
              {[attempt.errorCode, attempt.httpStatus && `HTTP ${attempt.httpStatus}`].filter(Boolean).join(' · ')}
            </code>
          )}
          {attempt.helpScoutMessage && <span class="attempt-said">Help Scout: “{attempt.helpScoutMessage}”</span>}
          {attempt.waitMs !== undefined && <span class="sub">next try after {formatWait(attempt.waitMs)}</span>}
        </li>
      ))}
    </ol>
  );
}
