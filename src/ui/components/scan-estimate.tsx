import type { ScanOutlook } from '../../domain/scan-forecast.ts';
import { formatCount, formatDecimal, formatRemaining, formatUsd, plural } from '../format.ts';

export interface ScanEstimateProps {
  /** Of mailboxes, by id. */
  names: ReadonlyMap<number, string>;
  /** Said where there is nothing to estimate, or it could not be. */
  nothing?: string;
  outlook?: ScanOutlook;
}

/** What a scan will take, before it is started. */
export function ScanEstimate({ names, nothing, outlook }: ScanEstimateProps) {
  if (!outlook) return <p class="sub">{nothing}</p>;
  const { conversations, calls, minutes, callsPerMinute, mailboxes, paid } = outlook;
  return (
    <>
      <p>
        <strong>{plural(conversations, 'conversation')}</strong> to read
        {mailboxes.length > 1 && (
          <span class="sub">
            {' '}
            (
            {mailboxes
              .map((one) => `${names.get(one.mailboxId) ?? one.mailboxId} ${formatCount(one.conversations)}`)
              .join(', ')}
            )
          </span>
        )}
      </p>
      <ul class="estimate-facts">
        <li>
          {plural(calls, 'call')} to Help Scout,{' '}
          {minutes === null || callsPerMinute === null
            ? 'the account’s limit is not known yet'
            : `${formatRemaining(minutes * 60_000)} at ${formatCount(callsPerMinute)} calls a minute`}
        </li>
        <li>{paid ? <Paid paid={paid} /> : 'Classified on this server: nothing is paid.'}</li>
      </ul>
    </>
  );
}

function Paid({ paid }: { paid: NonNullable<NonNullable<ScanEstimateProps['outlook']>['paid']> }) {
  const { model, tokens, costUsd, batches, dailyCapUsd } = paid;
  const days = costUsd !== null && dailyCapUsd !== null && dailyCapUsd > 0 ? Math.ceil(costUsd / dailyCapUsd) : 1;
  return (
    <>
      {model}
      {`: about ${formatCount(tokens)} tokens, ${costUsd === null ? 'price not known' : `about ${formatUsd(costUsd)}`}`}
      {batches && ', in batches that are answered within a day'}
      {days > 1 && `; at the cap of ${formatUsd(dailyCapUsd ?? 0)} a day that takes ${formatDecimal(days)} days`}
    </>
  );
}

interface ScanEstimatePlaceProps {
  id: string;
  action: string;
  /** The form whose choice it is about. */
  form: string;
  /** Said until something is chosen; absent: it is asked for at once. */
  before?: string;
}

/** Where the estimate stands in a form; it follows what is chosen there. */
export function ScanEstimatePlace({ id, action, form, before }: ScanEstimatePlaceProps) {
  const fields = ['mailboxIds', 'window', 'from', 'to', 'of'].map((name) => `#${form} [name="${name}"]`);
  return (
    <div
      class="scan-estimate"
      id={id}
      role="status"
      hx-get={action}
      hx-include={fields.join(', ')}
      hx-trigger={`${before === undefined ? 'load, ' : ''}change delay:200ms from:#${form}`}
      hx-swap="innerHTML"
    >
      <p class="sub">{before ?? 'Asking Help Scout how much there is to read…'}</p>
    </div>
  );
}
