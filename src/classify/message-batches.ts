import { z } from 'zod';
import type { Classification, ClassifyInput } from './classifier.ts';
import { readAnswer } from './claude-answer.ts';
import { type ClaudeOptions, createClaudeClient } from './claude-client.ts';
import { classifierErrorOf } from './claude-errors.ts';
import { claudeRequest, OUTPUT_LIMITS } from './claude-request.ts';
import { readableInput, unasked } from './readable-input.ts';

/** `customId` must match ^[a-zA-Z0-9_-]{1,64}$ and be of this batch alone. */
export type BatchInput = { customId: string; input: ClassifyInput };

/**
 * An item that came to nothing. `errored`: the API could not carry it out, and says whether the same item may do better
 * later (`again`); `expired`: the batch's 24 hours were over before its turn; `canceled`: the batch was cancelled before.
 * None of them is billed.
 */
export type BatchItemFailure =
  | { kind: 'errored'; again: boolean; requestId: string | null }
  | { kind: 'expired' }
  | { kind: 'canceled' };

type CallOptions = { signal?: AbortSignal };
export type BatchItem = { customId: string; outcome: Classification | BatchItemFailure };
export type MessageBatches = ReturnType<typeof createMessageBatches>;

/** Errors that the same request meets again. */
const FINAL_ERRORS = new Set([
  'invalid_request_error',
  'authentication_error',
  'billing_error',
  'permission_error',
  'not_found_error',
]);

const resultSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('succeeded'), message: z.unknown() }),
  z.object({
    type: z.literal('errored'),
    error: z.object({ request_id: z.string().nullish(), error: z.object({ type: z.string() }) }),
  }),
  z.object({ type: z.literal('expired') }),
  z.object({ type: z.literal('canceled') }),
]);
const lineSchema = z.object({ custom_id: z.string(), result: resultSchema });

/**
 * Message Batches: many conversations asked about at once, at half the price, answered within minutes to 24 hours. All
 * functions throw the ClassifierErrors of the Claude classifier. An item whose answer was cut off or had another shape
 * comes as it is: `classifier.classify(input, { after: outcome })` makes its second try.
 */
export function createMessageBatches(options: ClaudeOptions) {
  const client = createClaudeClient(options);

  return {
    /**
     * Hands conversations in, at least one that there is something to ask about; the others are left out. The API has
     * no protection against handing in twice: note the time before, and look with `find` before trying again.
     */
    async submit(inputs: readonly BatchInput[], { signal }: CallOptions = {}): Promise<{ batchId: string }> {
      const asked = inputs.filter(({ input }) => unasked(input) === null);
      const requests = asked.map(({ customId, input }) => ({
        custom_id: customId,
        params: claudeRequest(options, readableInput(input, options), OUTPUT_LIMITS.first),
      }));
      const batch = await speaking(signal, () => client.messages.batches.create({ requests }, { signal }));
      return { batchId: batch.id };
    },

    /**
     * The batch of these very conversations that was handed in at `since` or later, if there is one: for a worker that
     * was lost before it could note the answer of `submit`. A batch that still runs is known by its number of items.
     * `known` are batches that belong to others.
     */
    async find(
      inputs: readonly BatchInput[],
      { since, known = [], signal }: CallOptions & { since: Date; known?: readonly string[] },
    ): Promise<{ batchId: string } | null> {
      const customIds = new Set(inputs.filter(({ input }) => unasked(input) === null).map(({ customId }) => customId));
      return speaking(signal, async () => {
        for await (const batch of client.messages.batches.list({ limit: 100 }, { signal })) {
          if (Date.parse(batch.created_at) < Math.floor(since.getTime() / 1000) * 1000) return null;
          const items = Object.values(batch.request_counts).reduce((sum, count) => sum + count, 0);
          if (known.includes(batch.id) || items !== customIds.size) continue;
          const isOurs = batch.processing_status !== 'ended' || (await beginsWithOneOf(batch.id, customIds, signal));
          if (isOurs) return { batchId: batch.id };
        }
        return null;
      });
    },

    async poll(batchId: string, { signal }: CallOptions = {}): Promise<'running' | 'ended'> {
      const batch = await speaking(signal, () => client.messages.batches.retrieve(batchId, {}, { signal }));
      return batch.processing_status === 'ended' ? 'ended' : 'running';
    },

    /** Stops what has not begun; the batch still ends, with what was done until then. */
    async cancel(batchId: string, { signal }: CallOptions = {}): Promise<void> {
      await speaking(signal, () => client.messages.batches.cancel(batchId, {}, { signal }));
    },

    /**
     * What an ended batch came to, in no order: every one of `inputs` once, those included that there was nothing to ask
     * about. Items of the batch that are not among them are passed over.
     */
    async *results(
      batchId: string,
      inputs: readonly BatchInput[],
      { signal }: CallOptions = {},
    ): AsyncGenerator<BatchItem> {
      const waiting = new Map(inputs.map(({ customId, input }) => [customId, input]));
      for (const [customId, input] of waiting) {
        const outcome = unasked(input);
        if (outcome === null) continue;
        waiting.delete(customId);
        yield { customId, outcome };
      }
      for await (const line of linesOf(batchId, signal)) {
        const { custom_id: customId, result } = line;
        const input = waiting.get(customId);
        if (input === undefined) continue;
        waiting.delete(customId);
        yield { customId, outcome: outcomeOf(result, input) };
      }
      for (const customId of waiting.keys()) {
        yield { customId, outcome: { kind: 'errored', again: true, requestId: null } };
      }
    },
  };

  async function* linesOf(batchId: string, signal?: AbortSignal): AsyncGenerator<z.infer<typeof lineSchema>> {
    const decoder = await speaking(signal, () => client.messages.batches.results(batchId, {}, { signal }));
    const lines = decoder[Symbol.asyncIterator]();
    for (;;) {
      const next = await speaking(signal, () => lines.next());
      if (next.done === true) return;
      const line = lineSchema.safeParse(next.value).data;
      if (line !== undefined) yield line;
    }
  }

  async function beginsWithOneOf(
    batchId: string,
    customIds: ReadonlySet<string>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    for await (const { custom_id } of linesOf(batchId, signal)) return customIds.has(custom_id);
    return false;
  }
}

function outcomeOf(result: z.infer<typeof resultSchema>, input: ClassifyInput): BatchItem['outcome'] {
  if (result.type === 'succeeded') return readAnswer(result.message, input);
  if (result.type !== 'errored') return { kind: result.type };
  const { error, request_id } = result.error;
  return { kind: 'errored', again: !FINAL_ERRORS.has(error.type), requestId: request_id ?? null };
}

async function speaking<T>(signal: AbortSignal | undefined, call: () => PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    signal?.throwIfAborted();
    throw classifierErrorOf(error);
  }
}
