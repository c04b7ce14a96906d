import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import { isoSeconds } from '../http/time.ts';
import type { Team } from '../store/model.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';
import { createUserJson } from './users-json.ts';

const listSchema = z.object({ page: pageParameter });

export function teamEndpoints(deps: InboxDeps, createdAtMs: number): Endpoint[] {
  const { store, baseUrl, shapes } = deps;
  const { teams, users } = store.directory;
  const userJson = createUserJson(deps, createdAtMs);

  const teamJson = ({ id, name }: Team): object => ({
    id,
    name,
    timezone: 'UTC',
    photoUrl: shapes.photoUrl,
    createdAt: isoSeconds(createdAtMs),
    updatedAt: isoSeconds(createdAtMs),
    mention: name.toLowerCase(),
    initials: name.charAt(0),
    _links: { members: shapes.link(`/v2/teams/${id}/members`) },
  });

  return [
    {
      method: 'GET',
      template: '/v2/teams',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        sendHal(response, halPage(request, baseUrl, 'teams', pageOf(teams.all(), page, PAGE_SIZES.others), teamJson));
      },
    },
    {
      method: 'GET',
      template: '/v2/teams/{id}/members',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const team = teams.get(idParam(request));
        if (!team) throw notFound();
        const members = team.memberIds.flatMap((id) => users.get(id) ?? []);
        sendHal(response, halPage(request, baseUrl, 'users', pageOf(members, page, PAGE_SIZES.others), userJson));
      },
    },
  ];
}
