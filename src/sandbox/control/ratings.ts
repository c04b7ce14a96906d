import { Router } from 'express';
import { z } from 'zod';
import type { Deliverer } from '../deliveries/deliverer.ts';
import { floorToSecond } from '../http/time.ts';
import { RATINGS, type Rating } from '../store/events/rating-events.ts';
import type { Store } from '../store/store.ts';
import { ControlError } from './control-http.ts';

export interface RatingDeps {
  store: Store;
  deliverer: Deliverer;
  ratingJson: (rating: Rating) => object;
  now: () => number;
}

const bodySchema = z.strictObject({
  conversationId: z.number().int(),
  threadId: z.number().int(),
  rating: z.enum(RATINGS),
  comments: z.string().default(''),
});

/** Rates an agent's reply as its customer does, and tells the webhooks. */
export function ratingsRouter({ store, deliverer, ratingJson, now }: RatingDeps): Router {
  const router = Router();
  router.post('/ratings', (request, response) => {
    const { conversationId, threadId, ...given } = bodySchema.parse(request.body);
    const conversation = store.conversations.get(conversationId);
    const thread = conversation?.threads.find(({ id, type }) => id === threadId && type === 'message');
    if (!conversation || !thread) throw new ControlError(404, 'No such reply.');
    const rating: Rating = {
      ...given,
      id: store.ratings.nextId(),
      conversationId,
      threadId,
      userId: thread.author.id,
      customerId: conversation.customerId,
      createdAtMs: floorToSecond(now()),
    };
    store.commit({ kind: 'ratingSaved', rating });
    deliverer.publish('satisfaction.ratings', {
      id: rating.id,
      mailboxId: conversation.mailboxId,
      body: ratingJson(rating),
    });
    response.status(201).json({ ratingId: rating.id });
  });
  return router;
}
