import { z } from 'zod';

const textBlockSchema = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).optional(),
});

/** The part of the Messages API's request that we use; an unknown field is refused, as the API does. */
export const messagesRequestSchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  temperature: z.number().min(0).max(1).optional(),
  system: z.union([z.string(), z.array(textBlockSchema)]).optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(textBlockSchema)]),
      }),
    )
    .min(1),
  output_config: z
    .strictObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
});
export type MessagesRequest = z.infer<typeof messagesRequestSchema>;

export const batchRequestSchema = z.strictObject({
  requests: z
    .array(z.strictObject({ custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), params: messagesRequestSchema }))
    .min(1)
    .max(100_000)
    .refine((requests) => new Set(requests.map(({ custom_id }) => custom_id)).size === requests.length),
});

/** Parses a body; null when it is not JSON or not of this shape. */
export function parseBody<T>(schema: z.ZodType<T>, raw: string): T | null {
  try {
    return schema.safeParse(JSON.parse(raw)).data ?? null;
  } catch {
    return null;
  }
}

/** Models that refuse `effort` or `temperature`, by their own names here. */
export function refusesSettings({ model, temperature, output_config }: MessagesRequest): boolean {
  if (temperature !== undefined && !/^claude-(?:opus-4-[0-6]|sonnet-4-[0-6]|haiku-4-5)/.test(model)) return true;
  return output_config?.effort !== undefined && /^claude-(?:sonnet-4-5|haiku-4-5|opus-4-1)/.test(model);
}
