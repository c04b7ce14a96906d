import assert from 'node:assert/strict';
import { ActivityFailure, ApplicationFailure, RetryState, TimeoutFailure } from '@temporalio/common';
import { failureCause } from '../../src/workflows/failure-code.ts';

const failed = (cause: Error) =>
  new ActivityFailure('activity failed', 'createTicket', '1', RetryState.MAXIMUM_ATTEMPTS_REACHED, undefined, cause);

describe('why an activity failed', () => {
  it('is waited for, when the worker that had it was lost: nobody has to decide on that', () => {
    const { code, waitMs } = failureCause(
      failed(new TimeoutFailure('activity Heartbeat timeout', undefined, 'HEARTBEAT')),
    );
    assert.deepEqual([code, waitMs], ['timeout', 30_000]);
  });

  it('is shown at once, when it took too long', () => {
    const { code, waitMs } = failureCause(failed(new TimeoutFailure('too long', undefined, 'START_TO_CLOSE')));
    assert.deepEqual([code, waitMs], ['timeout', undefined]);
  });

  it('is the code, status and wait that the activity named, and nothing else of its details', () => {
    const details = [{ httpStatus: 429, waitMs: 7, body: 'secret' }];
    const cause = ApplicationFailure.create({ message: 'no room', type: 'rateLimited', details });
    assert.deepEqual(failureCause(failed(cause)), {
      code: 'rateLimited',
      message: 'no room',
      httpStatus: 429,
      waitMs: 7,
    });
    assert.equal(failureCause(failed(ApplicationFailure.create({ type: 'no code of ours' }))).code, 'internalError');
  });
});
