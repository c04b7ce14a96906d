import type { SyncErrorCode } from './sync-error.ts';

/** What a manager reads for each code: the sentence, and what to do about it. */
export const SYNC_ERROR_TEXT: Record<SyncErrorCode, { message: string; remedy: string }> = {
  invalidEmail: {
    message: 'Help Scout does not accept this e-mail address.',
    remedy: 'Correct the address, then retry.',
  },
  mailboxNotFound: {
    message: 'The mailbox does not exist in Help Scout any more, or the connected user may not see it.',
    remedy: 'Check the mailbox and its permissions in Help Scout, or choose others under Settings > Integrations.',
  },
  authenticationFailed: {
    message: 'Help Scout no longer accepts our access.',
    remedy: 'An administrator reconnects Help Scout under Settings > Integrations; waiting work then continues.',
  },
  otherAccount: {
    message: 'This is another Help Scout account than the one of this connection.',
    remedy:
      'Sign in to Help Scout with the account of this connection, or connect the other one under Settings > Integrations: it becomes a connection of its own.',
  },
  rateLimited: {
    message: 'The account’s calls per minute are used up.',
    remedy:
      'Nothing to do: the work continues when the minute is over. If this is frequent, see which other apps use the account.',
  },
  requiredFieldMissing: {
    message: 'Help Scout asks for a field that was not sent.',
    remedy: 'Fill in the field named in the details, then retry.',
  },
  emailNotUnique: {
    message: 'Another Help Scout customer has this e-mail address.',
    remedy: 'Merge the two customers in Help Scout, then retry.',
  },
  invalidCharacters: {
    message: 'A value has characters that Help Scout refuses.',
    remedy: 'Remove them from the field named in the details, then retry.',
  },
  duplicateSubmission: {
    message: 'The same message was submitted before.',
    remedy: 'Nothing to do, unless it should be a ticket of its own: then create it by hand.',
  },
  conversationGone: {
    message: 'The conversation was deleted or merged in Help Scout, or moved to a mailbox we may not see.',
    remedy: 'Nothing to do if that was intended; otherwise restore it in Help Scout and retry.',
  },
  helpScoutUnavailable: {
    message: 'Help Scout answered with an error of its own.',
    remedy: 'Retry when Help Scout works again; its status page tells.',
  },
  timeout: {
    message: 'Help Scout did not answer in time.',
    remedy: 'Retry; if it happens again, check the network between this server and Help Scout.',
  },
  uncertain: {
    message: 'The request was sent, and Help Scout’s answer does not say whether it was carried out.',
    remedy: 'Retry: we look for what was sent before sending anything again.',
  },
  rejected: {
    message: 'Help Scout refused the request.',
    remedy: 'Read the reason in the details, correct it, then retry.',
  },
  forbidden: {
    message: 'The connected Help Scout user is not allowed to do this, or the account’s plan has no API access.',
    remedy: 'Give the user access to the mailbox in Help Scout, or reconnect with another user, then retry.',
  },
  unexpectedReply: {
    message: 'Help Scout’s answer has a shape we do not understand.',
    remedy: 'Retry once; if it stays, send us the code and time of this row.',
  },
  classifierUnavailable: {
    message: 'The classifier could not be reached, or refused the request.',
    remedy: 'Retry later; if it stays, check the Anthropic API key, its limits, and the model in the settings.',
  },
  costCapReached: {
    message: 'The daily limit for the cost of classifying is reached.',
    remedy: 'Nothing to do: the work continues on the next day (UTC), or within the hour once the limit is raised.',
  },
  internalError: {
    message: 'Something failed on our side.',
    remedy: 'Retry; if it stays, an operator finds the cause in Temporal Web by the workflow id of this row.',
  },
};
