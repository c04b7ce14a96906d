import { type Client, isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { temporalUnavailable } from '../errors.ts';

/** Temporal's own limit for answering, given to each call so that no request of ours hangs. */
export async function within<T>(temporal: Client, ms: number, call: () => Promise<T>): Promise<T> {
  try {
    return await temporal.withDeadline(Date.now() + ms, call);
  } catch (error) {
    throw isUnreachable(error) ? temporalUnavailable(error) : error;
  }
}

/** The client wraps a lost connection in errors of its own; the gRPC error is somewhere in the chain. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(error)) return true;
  return error instanceof Error && error.cause !== undefined && isUnreachable(error.cause);
}
