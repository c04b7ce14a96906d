import type { Request } from 'express';
import type { z } from 'zod';
import type { Role } from '../domain/roles.ts';
import type { Member } from '../storage/members.ts';
import type { Organization } from '../storage/organizations.ts';
import type { FieldErrors, PublicShell, Shell } from '../ui/props.ts';
import type { Deps } from './deps.ts';
import type { Reply } from './reply.ts';
import type { ApiEndpoint } from './v1/api-endpoint.ts';

/** Who may call: `public` people without signing in, `machine` programs without session or form token, else a role. */
export type Access = 'public' | 'machine' | Role;

interface Values<P, Q> {
  params: P;
  query: Q;
  /** For what parsed values do not carry: the session, the raw body of a webhook, the client's address. */
  req: Request;
}

/** A request of anybody. */
export interface Visit<P, Q> extends Values<P, Q> {
  shell: () => PublicShell;
}

/** A request of somebody signed in, whose role was checked. */
export interface MemberVisit<P, Q> extends Values<P, Q> {
  organizationId: string;
  organization: Organization;
  member: Member;
  /** What every page needs. It takes the flash along, so fragments ask `quietShell` instead. */
  shell: () => Promise<Shell>;
  quietShell: () => Promise<Shell>;
}

interface Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  /** Parameters that do not fit are 404: nothing can be at such an address. */
  params?: P;
  /** Queries are typed by people: their schemas fall back to a default instead of failing. */
  query?: Q;
  body?: B;
}

type Submitted<V, B extends z.ZodType> = V & { body: z.output<B> };
/** What a refused form is shown again with: a sentence for each field, and the texts that were sent. */
export type Refused<V> = V & { errors: FieldErrors; sent: Readonly<Record<string, string>> };

interface Handlers<V, B extends z.ZodType> {
  handler: (deps: Deps) => (visit: Submitted<V, B>) => Promise<Reply>;
  /** Shows the form again; without it a body that does not fit is answered 400. */
  refused?: (deps: Deps) => (visit: Refused<V>) => Promise<Reply>;
}

interface Place {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  path: string;
}

/** What the route table holds: pages, forms and receivers, or endpoints of the public API (v1/api-endpoint.ts). */
export type Endpoint = PageEndpoint | ApiEndpoint;

/** An endpoint whose types are forgotten: registration parses what it is given. */
export interface PageEndpoint extends Place {
  access: Access;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  run: RunPublic | RunMember;
}
type Parsed = Values<never, never> & { body: never };
type Unparsed = Values<never, never> & { errors: FieldErrors; sent: Readonly<Record<string, string>> };
interface RunPublic {
  kind: 'public';
  handler: (deps: Deps) => (visit: Parsed & { shell: () => PublicShell }) => Promise<Reply>;
  refused?: ((deps: Deps) => (visit: Unparsed & { shell: () => PublicShell }) => Promise<Reply>) | undefined;
}
type Person = Omit<MemberVisit<never, never>, keyof Values<never, never>>;
interface RunMember {
  kind: 'member';
  role: Role;
  handler: (deps: Deps) => (visit: Parsed & Person) => Promise<Reply>;
  refused?: ((deps: Deps) => (visit: Unparsed & Person) => Promise<Reply>) | undefined;
}

/** An endpoint that anybody (or any machine) may call. */
export function publicEndpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Place & Schemas<P, Q, B> & { access: 'public' | 'machine' } & Handlers<Visit<z.output<P>, z.output<Q>>, B>,
): PageEndpoint {
  const { handler, refused, params, query, body, ...place } = endpoint;
  return { ...place, params, query, body, run: { kind: 'public', handler, refused } };
}

/** An endpoint for signed-in people of a role (`permissions.ts` names roles by what is done). */
export function memberEndpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Place & Schemas<P, Q, B> & { access: Role } & Handlers<MemberVisit<z.output<P>, z.output<Q>>, B>,
): PageEndpoint {
  const { handler, refused, params, query, body, ...place } = endpoint;
  return { ...place, params, query, body, run: { kind: 'member', role: place.access, handler, refused } };
}
