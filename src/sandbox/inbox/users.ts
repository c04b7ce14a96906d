import type { Endpoint } from '../http/endpoint.ts';
import { sendHal } from '../http/envelope.ts';
import { isoSeconds } from '../http/time.ts';
import type { InboxDeps } from './deps.ts';

const COMPANY_ID = 4001;

export function userEndpoints({ store, shapes }: InboxDeps, createdAtMs: number): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/users/me',
      handle(_request, response) {
        const { id, first, last, email } = store.directory.owner();
        sendHal(response, {
          id,
          firstName: first,
          lastName: last,
          email,
          role: 'owner',
          jobTitle: 'Support lead',
          phone: '',
          timezone: 'UTC',
          photoUrl: shapes.photoUrl,
          alternateEmails: [],
          mention: first.toLowerCase(),
          initials: `${first.charAt(0)}${last.charAt(0)}`,
          type: 'user',
          companyId: COMPANY_ID,
          createdAt: isoSeconds(createdAtMs),
          updatedAt: isoSeconds(createdAtMs),
          _links: { self: shapes.link(`/v2/users/${id}`) },
        });
      },
    },
  ];
}
