import { isoSeconds } from '../http/time.ts';

/** A moment in UTC, to the minute. */
export function Time({ ms }: { ms: number }) {
  const iso = isoSeconds(ms);
  return <time dateTime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}</time>;
}
