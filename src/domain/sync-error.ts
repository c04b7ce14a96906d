import { z } from 'zod';

/** Stable codes of everything that can go wrong on the way to or from Help Scout. */
export const SYNC_ERROR_CODES = [
  'invalidEmail',
  'mailboxNotFound',
  'authenticationFailed',
  'otherAccount',
  'rateLimited',
  'requiredFieldMissing',
  'emailNotUnique',
  'invalidCharacters',
  'duplicateSubmission',
  'conversationGone',
  'helpScoutUnavailable',
  'timeout',
  'uncertain',
  'rejected',
  'forbidden',
  'unexpectedReply',
  'classifierUnavailable',
  'costCapReached',
  'internalError',
] as const;
export const syncErrorCodeSchema = z.enum(SYNC_ERROR_CODES);
export type SyncErrorCode = z.infer<typeof syncErrorCodeSchema>;
