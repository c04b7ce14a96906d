import type { SyncEvent } from '../../domain/sync-event.ts';
import { DUPLICATES_PATH } from '../links.ts';

/** What a manager needs to know; the technical detail is with the attempts. */
export function Cause({ error, status }: { error: NonNullable<SyncEvent['error']>; status: SyncEvent['status'] }) {
  return (
    <>
      <span class={status === 'failed' ? 'row-cause bad' : 'row-cause'}>{error.message}</span>{' '}
      <span class="row-remedy">
        <Next error={error} status={status} />
      </span>
    </>
  );
}

/** What comes next: only what is still under way is tried again without anybody. */
function Next({ error, status }: Parameters<typeof Cause>[0]) {
  if (status === 'pending' || status === 'retrying') return <>It is tried again by itself.</>;
  if (status !== 'skipped' || error.code !== 'duplicateSubmission') return <>{error.remedy}</>;
  return (
    <>
      It was not sent and waits for a person:{' '}
      <a class="in-text" href={DUPLICATES_PATH}>
        Suspected duplicates
      </a>
      .
    </>
  );
}
