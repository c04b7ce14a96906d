import type { DeliveryErrorCode } from '../domain/notification-channel.ts';

/** A notification did not reach its channel. The message is the code: an address may carry a secret. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly code: DeliveryErrorCode;
  /** Whether another try is pointless. */
  readonly isFinal: boolean;

  constructor(code: DeliveryErrorCode, options: { isFinal?: boolean; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.isFinal = options.isFinal ?? false;
  }
}
