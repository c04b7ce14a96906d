import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, sendHal } from '../http/envelope.ts';
import { isoSeconds } from '../http/time.ts';
import type { Rating } from '../store/events/rating-events.ts';
import type { InboxDeps } from './deps.ts';

type RatingJson = (rating: Rating) => object;

/** A rating as its own resource and as webhooks carry it. */
export function createRatingJson({ store, shapes }: Pick<InboxDeps, 'store' | 'shapes'>): RatingJson {
  const { directory, conversations } = store;
  return ({ id, threadId, conversationId, userId, customerId, rating, comments, createdAtMs }) => {
    const user = directory.users.get(userId);
    const customer = directory.customers.get(customerId);
    return {
      id,
      threadId,
      conversationId,
      conversationNumber: conversations.find(conversationId)?.number,
      rating,
      comments,
      createdAt: isoSeconds(createdAtMs),
      ...(user && { user: { ...user, type: 'user' } }),
      ...(customer && { customer: { ...customer, type: 'customer' } }),
      _links: {
        self: shapes.link(`/v2/ratings/${id}`),
        conversation: shapes.link(`/v2/conversations/${conversationId}`),
        customer: shapes.link(`/v2/customers/${customerId}`),
        user: shapes.link(`/v2/users/${userId}`),
      },
    };
  };
}

export function ratingEndpoints({ store }: InboxDeps, ratingJson: RatingJson): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/ratings/{id}',
      handle(request, response) {
        const rating = store.ratings.get(idParam(request));
        if (!rating) throw notFound();
        sendHal(response, ratingJson(rating));
      },
    },
  ];
}
