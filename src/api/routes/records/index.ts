import { RECORD_KINDS } from '../../../domain/issue-record.ts';
import { approvalEndpoints } from './approvals.ts';
import { changeEndpoints } from './change.ts';
import { customerEndpointsOf } from './customers.ts';
import { recordEndpointsOf } from './records.ts';

/** Bug reports and feature requests, and the inbox of those that wait for a person. */
export const recordEndpoints = [
  ...RECORD_KINDS.flatMap((kind) => [
    ...recordEndpointsOf(kind),
    ...changeEndpoints(kind),
    ...customerEndpointsOf(kind),
  ]),
  ...approvalEndpoints,
];
