import type { Role } from '../domain/roles.ts';

/** What a failed request is answered with. Sentences are for people; they never hold what others sent. */
export interface Problem {
  status: number;
  /** Stable, such as `notFound`. */
  code: string;
  sentence: string;
  remedy: string;
  actionHref?: string;
  actionText?: string;
  /** What is particular to this one request; of the API. */
  detail?: string;
  /** A sentence for each value that does not fit, by its name; of the API. */
  fields?: Readonly<Record<string, string>>;
  /** Seconds after which it makes sense to try again. */
  retryAfterSeconds?: number;
}

/** A request fails in a way that is foreseen; the error middleware answers with its problem. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.code, options);
    this.problem = problem;
  }
}

/** It does not exist, or belongs to another organization: the answer does not tell which. */
export const notFound = () =>
  new RequestProblem({
    status: 404,
    code: 'notFound',
    sentence: 'There is nothing at this address.',
    remedy: 'It may have been removed, or the address has a mistake. Start again from the menu.',
    actionHref: '/',
    actionText: 'To the start page',
  });

export const roleTooLow = (needed?: Role) =>
  new RequestProblem({
    status: 403,
    code: 'roleTooLow',
    sentence: 'Your role does not allow this.',
    remedy:
      needed === 'operator'
        ? 'It is for those who run this installation: they give each other the role operator, by npm run member:role.'
        : 'Ask an administrator of your organization to do it, or to change your role.',
    actionHref: '/insights',
    actionText: 'To the insights',
  });

export const badRequest = () =>
  new RequestProblem({
    status: 400,
    code: 'badRequest',
    sentence: 'This request has a value we cannot use.',
    remedy: 'Go back, check what was filled in, and send it again.',
  });

/** Temporal, or the worker that answers through it, cannot be reached in time. */
export const temporalUnavailable = (cause: unknown) =>
  new RequestProblem(
    {
      status: 503,
      code: 'temporalUnavailable',
      sentence: 'The part that does the work does not answer right now.',
      remedy: 'Nothing is lost. Try again in a minute; if it stays, an operator looks at /healthz.',
      retryAfterSeconds: 30,
    },
    { cause },
  );
