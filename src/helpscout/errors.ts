/** What every failed call carries: never a token, a body or a customer's words. */
export interface FailureContext {
  /** Method and path template, as in `GET /v2/conversations/{id}`. */
  endpoint: string;
  status?: number | undefined;
  /** Help Scout's own reference for its support. */
  logRef?: string | undefined;
  cause?: unknown;
}

/** Base of everything that can go wrong between us and Help Scout. */
export class HelpScoutError extends Error {
  override readonly name: string = 'HelpScoutError';
  readonly endpoint: string;
  readonly status: number | undefined;
  readonly logRef: string | undefined;

  constructor(meaning: string, context: FailureContext) {
    const status = context.status === undefined ? '' : ` (HTTP ${context.status})`;
    super(`${context.endpoint}: ${meaning}${status}`, { cause: context.cause });
    this.endpoint = context.endpoint;
    this.status = context.status;
    this.logRef = context.logRef;
  }
}

/** 404: does not exist, was deleted, or was merged (any call but GET conversation). */
export class HelpScoutNotFound extends HelpScoutError {
  override readonly name = 'HelpScoutNotFound';
}

/** 301 on GET conversation: it was merged into `survivorId`. */
export class HelpScoutMerged extends HelpScoutError {
  override readonly name = 'HelpScoutMerged';
  readonly survivorId: number;

  constructor(survivorId: number, context: FailureContext) {
    super('the conversation was merged into another one', context);
    this.survivorId = survivorId;
  }
}

/** 401: the access token is missing, expired or revoked. */
export class HelpScoutUnauthorized extends HelpScoutError {
  override readonly name = 'HelpScoutUnauthorized';
}

/** 403: the token works, but its user may not do this. */
export class HelpScoutForbidden extends HelpScoutError {
  override readonly name = 'HelpScoutForbidden';
}

/** 429, or our own budget for the running minute is used up: nothing was sent, or nothing came of it. */
export class HelpScoutRateLimited extends HelpScoutError {
  override readonly name = 'HelpScoutRateLimited';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, context: FailureContext) {
    super('the calls of this minute are used up', context);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Any other 4xx: Help Scout understood and refused; repeating will not help. `fields` names what it objects to. */
export class HelpScoutRejected extends HelpScoutError {
  override readonly name = 'HelpScoutRejected';
  readonly fields: string[];

  constructor(fields: string[], context: FailureContext) {
    super('the request was refused', context);
    this.fields = fields;
  }
}

/** 5xx, or the connection failed. */
export class HelpScoutUnavailable extends HelpScoutError {
  override readonly name = 'HelpScoutUnavailable';
}

/** No answer in time. */
export class HelpScoutTimeout extends HelpScoutError {
  override readonly name = 'HelpScoutTimeout';
}

/** A 2xx whose body is not what the reference says; the message names the path, not the value. */
export class HelpScoutUnexpectedShape extends HelpScoutError {
  override readonly name = 'HelpScoutUnexpectedShape';
}

/** The token endpoint refused for good: the code or refresh token is used, expired or revoked. */
export class HelpScoutInvalidGrant extends HelpScoutError {
  override readonly name = 'HelpScoutInvalidGrant';
}
