import { DefaultFailureConverter } from '@temporalio/common';

/** Failures carry their message and stack where the payload codec encrypts them; only their type stays readable. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
