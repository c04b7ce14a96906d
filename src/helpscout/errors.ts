/** What every failed call carries: never a token, a body or a customer's words. */
export interface FailureContext {
  /** Method and path template, as in `GET /v2/conversations/{id}`. */
  endpoint: string;
  status?: number | undefined;
  /** Help Scout's own reference for its support. */
  logRef?: string | undefined;
  /** The answer's `Correlation-Id`. */
  requestId?: string | undefined;
  cause?: unknown;
}

/** Base of everything that can go wrong between us and Help Scout. */
export class HelpScoutError extends Error {
  override readonly name: string = 'HelpScoutError';
  readonly endpoint: string;
  readonly status: number | undefined;
  readonly logRef: string | undefined;
  readonly requestId: string | undefined;

  constructor(meaning: string, context: FailureContext) {
    const status = context.status === undefined ? '' : ` (HTTP ${context.status})`;
    super(`${context.endpoint}: ${meaning}${status}`, { cause: context.cause });
    this.endpoint = context.endpoint;
    this.status = context.status;
    this.logRef = context.logRef;
    this.requestId = context.requestId;
  }
}

/** Not a call of endpoints.ts, or one whose values would lead to another address: nothing was sent. */
export class HelpScoutOutsideScope extends HelpScoutError {
  override readonly name = 'HelpScoutOutsideScope';
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

/** 401: the access token (or the Docs key) is missing, expired or revoked. */
export class HelpScoutUnauthorized extends HelpScoutError {
  override readonly name = 'HelpScoutUnauthorized';
}

/** 403: the token works, but its user may not do this. */
export class HelpScoutForbidden extends HelpScoutError {
  override readonly name = 'HelpScoutForbidden';
}

/** 429, or our own budget is used up: nothing was sent, or nothing came of it. */
export class HelpScoutRateLimited extends HelpScoutError {
  override readonly name = 'HelpScoutRateLimited';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, context: FailureContext) {
    super('no calls are left for now', context);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What Help Scout objects to: a field's path, as in `threads[0].text`, and Help Scout's own sentence about it. */
export interface Problem {
  path: string;
  message: string;
}

/** Any other 4xx: Help Scout understood and refused; repeating will not help. */
export class HelpScoutRejected extends HelpScoutError {
  override readonly name: string = 'HelpScoutRejected';
  readonly problems: readonly Problem[];

  constructor(meaning: string, problems: readonly Problem[], context: FailureContext) {
    const paths = problems.map(({ path }) => path).filter((path) => /^[\w.[\]/-]{1,80}$/.test(path));
    super(paths.length > 0 ? `${meaning} at ${paths.slice(0, 5).join(', ')}` : meaning, context);
    this.problems = problems;
  }
}

/** 409: something that exists already stands in the way, such as a customer who has the address. */
export class HelpScoutConflict extends HelpScoutRejected {
  override readonly name = 'HelpScoutConflict';
}

/** 412: well-formed, but not in this state: the conversation has 100 threads already, or is too old for more. */
export class HelpScoutPreconditionFailed extends HelpScoutRejected {
  override readonly name = 'HelpScoutPreconditionFailed';
}

/** 5xx, or the connection failed. The call can be repeated: it reads, repeating it is harmless, or it never left. */
export class HelpScoutUnavailable extends HelpScoutError {
  override readonly name = 'HelpScoutUnavailable';
}

/** No answer in time, to a call that can be repeated. */
export class HelpScoutTimeout extends HelpScoutError {
  override readonly name = 'HelpScoutTimeout';
}

/**
 * A write that must not be repeated may have been done: it left, and its answer was lost or says nothing. Help Scout
 * knows no idempotency keys, so look for what was written before sending it again.
 */
export class HelpScoutUncertain extends HelpScoutError {
  override readonly name = 'HelpScoutUncertain';
}

/** A 2xx whose body is not what the reference says; the message names the path, not the value. */
export class HelpScoutUnexpectedShape extends HelpScoutError {
  override readonly name = 'HelpScoutUnexpectedShape';
}

/** The token endpoint refused for good: the code or refresh token is used, expired or revoked. */
export class HelpScoutInvalidGrant extends HelpScoutError {
  override readonly name = 'HelpScoutInvalidGrant';
}
