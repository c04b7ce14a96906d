import type { z } from 'zod';
import type { createPromptCache, Usage } from './prompt-cache.ts';
import { answerOf, messageOf, type Reply } from './replies.ts';
import type { batchRequestSchema, MessagesRequest } from './request-schema.ts';

type Batch = {
  id: string;
  createdAt: Date;
  requests: z.infer<typeof batchRequestSchema>['requests'];
  status: 'in_progress' | 'canceling' | 'ended';
  lines: { custom_id: string; result: { type: string } }[];
};

/** What became of one request that the server answered. */
export type Billed = { requestId: string; model: string; usage: Usage; batch: boolean };

/**
 * The server's message batches: in progress until `end`, then with one line of results for each item, in another order
 * than they were asked.
 */
export function createBatches({
  replyTo,
  cache,
  bill,
}: {
  replyTo: (request: MessagesRequest) => Reply;
  cache: ReturnType<typeof createPromptCache>;
  bill: (billed: Billed) => void;
}) {
  const batches = new Map<string, Batch>();

  function lineOf({ custom_id, params }: Batch['requests'][number], reply: Reply, id: string) {
    if (reply.kind === 'expired' || reply.kind === 'canceled') return { custom_id, result: { type: reply.kind } };
    const answer = answerOf(reply);
    if (answer === null) {
      const error = { type: reply.kind === 'error' ? reply.type : 'api_error', message: 'Something about the item' };
      return { custom_id, result: { type: 'errored', error: { type: 'error', error, request_id: `req_${id}` } } };
    }
    const usage = cache.usageOf(params, answer.text ?? '');
    bill({ requestId: id, model: params.model, usage, batch: true });
    return { custom_id, result: { type: 'succeeded', message: messageOf(id, params, answer, usage) } };
  }

  return {
    create(requests: Batch['requests']): Batch {
      const id = `msgbatch_${batches.size + 1}`;
      const batch: Batch = { id, createdAt: new Date(), requests, status: 'in_progress', lines: [] };
      batches.set(id, batch);
      return batch;
    },
    get: (id: string) => batches.get(id),
    /** The newest first, as the API lists them. */
    all: () => [...batches.values()].toReversed(),
    /** Ends a batch: of one that is being cancelled, the second half was not begun. */
    end(id: string): void {
      const batch = batches.get(id);
      if (batch === undefined || batch.status === 'ended') return;
      const begun = batch.status === 'canceling' ? Math.ceil(batch.requests.length / 2) : batch.requests.length;
      batch.lines = batch.requests
        .map((request, index) =>
          lineOf(request, index < begun ? replyTo(request.params) : { kind: 'canceled' }, `msg_${id}_${index}`),
        )
        .toReversed();
      batch.status = 'ended';
    },
  };
}

/** A batch as the API writes it; its counts move only when it has ended. */
export function batchBody({ id, createdAt, requests, status, lines }: Batch, baseURL: string): unknown {
  const count = (type: string) => lines.filter(({ result }) => result.type === type).length;
  return {
    id,
    type: 'message_batch',
    processing_status: status,
    request_counts: {
      processing: requests.length - lines.length,
      succeeded: count('succeeded'),
      errored: count('errored'),
      canceled: count('canceled'),
      expired: count('expired'),
    },
    created_at: createdAt.toISOString(),
    expires_at: new Date(createdAt.getTime() + 86_400_000).toISOString(),
    ended_at: status === 'ended' ? new Date().toISOString() : null,
    cancel_initiated_at: null,
    archived_at: null,
    results_url: status === 'ended' ? `${baseURL}/v1/messages/batches/${id}/results` : null,
  };
}
