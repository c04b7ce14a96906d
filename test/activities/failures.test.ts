import assert from 'node:assert/strict';
import { syncErrorCode, toApplicationFailure } from '../../src/activities/failures.ts';
import type { SyncErrorCode } from '../../src/domain/sync-error.ts';
import * as errors from '../../src/helpscout/errors.ts';

const context = { endpoint: 'POST /v2/conversations', status: 400 };
const customers = { endpoint: 'POST /v2/customers', status: 409 };

/** Each error of the client, its code, and whether another try is worth it. */
const refused = (path: string, message: string) => new errors.HelpScoutRejected('no', [{ path, message }], context);
const CASES: [error: Error, code: SyncErrorCode, retryable: boolean][] = [
  [new errors.HelpScoutUncertain('lost', context), 'uncertain', false],
  [new errors.HelpScoutUnavailable('down', context), 'helpScoutUnavailable', true],
  [new errors.HelpScoutTimeout('slow', context), 'timeout', true],
  [new errors.HelpScoutRateLimited(5_000, context), 'rateLimited', true],
  [new errors.HelpScoutUnauthorized('token', context), 'authenticationFailed', true],
  [new errors.HelpScoutInvalidGrant('grant', context), 'authenticationFailed', false],
  [new errors.HelpScoutForbidden('may not', context), 'forbidden', false],
  [new errors.HelpScoutNotFound('gone', { endpoint: 'GET /v2/conversations/{id}' }), 'conversationGone', false],
  [new errors.HelpScoutNotFound('gone', { endpoint: 'GET /v2/mailboxes/{id}' }), 'mailboxNotFound', false],
  [new errors.HelpScoutMerged(7, context), 'conversationGone', false],
  [new errors.HelpScoutRejected('no', [], context), 'rejected', false],
  [new errors.HelpScoutPreconditionFailed('no', [], context), 'rejected', false],
  [refused('customer.email', 'may not be empty'), 'requiredFieldMissing', false],
  [refused('threads[0].text', 'may not be empty'), 'requiredFieldMissing', false],
  [refused('customer.email', 'Invalid email address'), 'invalidEmail', false],
  [refused('emails', 'Email is already in use'), 'emailNotUnique', false],
  [refused('mailboxId', 'does not exist'), 'mailboxNotFound', false],
  [refused('subject', 'contains invalid characters'), 'invalidCharacters', false],
  [refused('customer.firstName', 'may have at most 40 characters'), 'rejected', false],
  [refused('status', "Expected one of these: 'active'"), 'rejected', false],
  [new errors.HelpScoutNotFound('gone', { endpoint: 'POST /v2/conversations' }), 'mailboxNotFound', false],
  [new errors.HelpScoutConflict('no', [], context), 'rejected', false],
  [new errors.HelpScoutConflict('no', [], customers), 'emailNotUnique', false],
  [new errors.HelpScoutUnexpectedShape('odd', context), 'unexpectedReply', false],
  [new errors.HelpScoutOutsideScope('not ours', context), 'internalError', false],
  [new Error('words of a customer'), 'internalError', true],
];

describe('failures', () => {
  for (const [error, code, retryable] of CASES) {
    it(`${error.name} is ${code}, ${retryable ? 'and tried again' : 'for good'}`, () => {
      assert.equal(syncErrorCode(error), code);
      const failure = toApplicationFailure(error);
      assert.deepEqual([failure.type, !failure.nonRetryable], [code, retryable]);
      assert.doesNotMatch(failure.message, /words of a customer/);
    });
  }

  it('wait as long as Help Scout asks for', () => {
    const wait = toApplicationFailure(new errors.HelpScoutRateLimited(5_000, context)).nextRetryDelay;
    assert(typeof wait === 'number' && wait >= 5_000 && wait < 9_000);
  });
});
