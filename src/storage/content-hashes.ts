/** Selects one document of each conversation, where there may be several. */
interface OneEach {
  issue?: { $in: (number | null)[] };
}

/** What `contentHashesOf` reads of a collection whose documents belong to conversations. */
interface HashedByConversation {
  find(
    filter: { organizationId: string; integrationId: string; conversationId: { $in: number[] } } & OneEach,
    projection: { conversationId: 1; contentHash: 1 },
  ): { lean(): PromiseLike<{ conversationId: number; contentHash?: string | null | undefined }[]> };
}

/** Content hash by conversation id, of those that are in the collection. */
export async function contentHashesOf(
  collection: HashedByConversation,
  organizationId: string,
  integrationId: string,
  conversationIds: number[],
  oneEach: OneEach = {},
): Promise<Map<number, string>> {
  const found = await collection
    .find(
      { organizationId, integrationId, conversationId: { $in: conversationIds }, ...oneEach },
      { conversationId: 1, contentHash: 1 },
    )
    .lean();
  return new Map(found.map((document) => [document.conversationId, document.contentHash ?? '']));
}
