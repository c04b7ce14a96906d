import type { Storage } from '../../storage/storage.ts';

/** What the page of a conversation needs for its corrections. */
export async function correctionOf(storage: Storage, organizationId: string, conversationId: number) {
  const [{ productAreas }, reviews] = await Promise.all([
    storage.taxonomies.current(organizationId),
    storage.reviews.ofConversation(organizationId, conversationId),
  ]);
  return { areas: productAreas.map(({ name }) => name), reviews };
}
