import { z } from 'zod';

const conversationsSchema = z.array(z.object({ conversationId: z.number().int(), corpusId: z.string().nullish() }));
const callsSchema = z.record(z.string(), z.number().int());

/** The sandbox's conversations: Help Scout id to the id of the corpus line it was made from. */
export async function corpusIds(sandboxUrl: string): Promise<Map<number, string>> {
  const rows = conversationsSchema.parse(await getJson(`${sandboxUrl}/_control/conversations`));
  return new Map(rows.map(({ conversationId, corpusId }) => [conversationId, corpusId ?? String(conversationId)]));
}

/** API calls that the sandbox has answered, by method and path template. */
export async function sandboxCalls(sandboxUrl: string): Promise<Record<string, number>> {
  return callsSchema.parse(await getJson(`${sandboxUrl}/_control/calls`));
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}.`);
  return response.json();
}
