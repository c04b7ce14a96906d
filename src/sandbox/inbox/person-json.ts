import type { Directory } from '../store/directory.ts';
import type { Author, Person } from '../store/model.ts';

/** Version 2 of the API knows no system users and shows them as users. */
export type ApiVersion = 'v2' | 'v3';

/** People as conversations and threads show them, and the addresses of their resources. */
export function createPersonJson(directory: Directory, link: (path: string) => { href: string }) {
  /** Somebody who was deleted is still named where they wrote, without anything more. */
  const nobody = (id: number): Person => ({ id, first: '', last: '', email: '' });
  const json = (type: string, { id, first, last, email }: Person) => ({ id, type, first, last, email });

  const TABLES = {
    customer: directory.customers,
    user: directory.users,
    system_user: directory.systemUsers,
  } as const;

  return {
    json,
    customer: (id: number): Person => directory.customers.get(id) ?? nobody(id),
    author(author: Author, version: ApiVersion) {
      const { type, id } = author;
      const shownType = version === 'v2' && type === 'system_user' ? 'user' : type;
      const who = TABLES[type].get(id) ?? nobody(id);
      return { via: type === 'customer' ? 'customer' : 'user', who, json: json(shownType, who) };
    },
    /** A user or a team, with where they are read; undefined when nobody has it. */
    assignee(id: number | null) {
      if (id === null) return undefined;
      const user = directory.users.get(id);
      if (user) return { json: json('user', user), link: link(`/v2/users/${id}`) };
      const team = directory.teams.get(id);
      const named = team && { id, first: team.name, last: '', email: '' };
      return named && { json: json('team', named), link: link(`/v2/teams/${id}`) };
    },
    customerLink: (id: number) => link(`/v2/customers/${id}`),
    userLink: (id: number) => link(`/v2/users/${id}`),
  };
}

export type PersonJson = ReturnType<typeof createPersonJson>;
