import type { Submission } from '../domain/submission.ts';

/** What a submission's conversation can be found by when the answer to its create was lost. */
export const ticketMarker = ({ submissionId }: Pick<Submission, 'submissionId'>): string => submissionId;
