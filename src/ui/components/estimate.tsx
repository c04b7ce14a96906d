import type { Estimate } from '../../domain/wilson.ts';
import { formatPercent } from '../format.ts';

/** A share with its interval and what it rests on; a dash where nothing was seen. */
export function EstimateText({ value }: { value: Estimate | null }) {
  if (!value) return <span class="sub">no answers yet</span>;
  return (
    <span class="interval">
      {formatPercent(value.share)}{' '}
      <span class="sub">
        ({formatPercent(value.low)} to {formatPercent(value.high)}, {value.hits} of {value.of})
      </span>
    </span>
  );
}
