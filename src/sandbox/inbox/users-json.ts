import { isoSeconds } from '../http/time.ts';
import type { Person } from '../store/model.ts';
import type { InboxDeps } from './deps.ts';

/** A user as their own resource: names are `firstName` and `lastName` here, unlike in conversations. */
export function createUserJson({ store, shapes }: InboxDeps, createdAtMs: number) {
  return ({ id, first, last, email }: Person): object => ({
    id,
    firstName: first,
    lastName: last,
    email,
    role: id === store.directory.owner().id ? 'owner' : 'user',
    jobTitle: id === store.directory.owner().id ? 'Support lead' : 'Support agent',
    phone: '',
    timezone: 'UTC',
    photoUrl: shapes.photoUrl,
    alternateEmails: [],
    mention: first.toLowerCase(),
    initials: `${first.charAt(0)}${last.charAt(0)}`,
    type: 'user',
    createdAt: isoSeconds(createdAtMs),
    updatedAt: isoSeconds(createdAtMs),
    _links: { self: shapes.link(`/v2/users/${id}`) },
  });
}
