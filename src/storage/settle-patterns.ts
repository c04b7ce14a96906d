import type { PatternDecision, PatternMember } from '../domain/pattern-decision.ts';
import { memberKey, type PatternLinks } from '../domain/pattern-links.ts';
import { type LinksInPart, patternsConcerned } from './bearing-decisions.ts';
import type { PatternPlacement } from './pattern-placements.ts';
import type { Storage } from './storage.ts';
import { updatePatterns } from './update-patterns.ts';

const BATCH = 500;
const PATIENCE_MS = 15_000;

/**
 * Stores everything that follows from the decisions about an integration's patterns: where members are, what is merged
 * into what, labels and counts. Nothing is done when nothing is open, and everything may be interrupted and repeated:
 * a decision counts as settled once all of this is stored.
 * @returns false when another process was still at it after 15 s; it (or the next call) finishes
 */
export async function settlePatterns(
  storage: Storage,
  organizationId: string,
  integrationId: string,
): Promise<boolean> {
  const isOpen = async () => (await storage.patternDecisions.unsettled(organizationId, integrationId)).length > 0;
  while (await isOpen()) {
    const done = await storage.leases.alone(
      organizationId,
      `patterns/${integrationId}`,
      (renew) => settleOpen(storage, organizationId, integrationId, renew),
      PATIENCE_MS,
    );
    if (!done) return false;
  }
  return true;
}

/**
 * Puts right what a run stored that began before a decision: conversations in merged patterns, and those that a person
 * put elsewhere. For the end of each batch of a run.
 * @returns the patterns that lost or gained a member, to be counted anew
 */
export async function sweepPatterns(
  storage: Storage,
  organizationId: string,
  integrationId: string,
  conversationIds: readonly number[],
): Promise<string[]> {
  await settlePatterns(storage, organizationId, integrationId);
  const { patternLinks, patternMembers } = storage;
  const members = await patternMembers.ofConversations(organizationId, integrationId, conversationIds);
  const placed = await patternLinks.placements.of(organizationId, integrationId, members);
  const pins = new Map(placed.filter(({ pin }) => pin !== null).map((one) => [memberKey(one), one.placed]));
  const roots = await patternLinks.resolve(
    organizationId,
    members.flatMap(({ patternId }) => patternId ?? []),
  );
  const astray = members.filter((member) => {
    const wanted = pins.get(memberKey(member)) ?? (member.patternId ? roots.get(member.patternId) : null);
    return wanted && wanted !== member.patternId;
  });
  if (astray.length === 0) return [];
  return [...(await placeAll(storage, { organizationId, integrationId }, astray))];
}

async function settleOpen(
  storage: Storage,
  organizationId: string,
  integrationId: string,
  renew: () => Promise<void>,
): Promise<void> {
  const scope = { organizationId, integrationId };
  const open = await storage.patternDecisions.unsettled(organizationId, integrationId);
  const concerned = await patternsConcerned((ids) => storage.patternDecisions.byIds(organizationId, ids), open);
  const links = await storage.patternLinks.inPart(scope, concerned);
  const changed = await changedRoots(storage, organizationId, links);
  const members = [
    ...open.flatMap(({ change }) => ('members' in change ? change.members : [])),
    ...(await storage.patternLinks.placements.from(organizationId, [...changed.keys()])),
    ...(await storage.patternMembers.inPatterns(organizationId, [...changed.keys()])),
  ];
  await startPatterns(storage, scope, open);
  const touched = await placeAll(storage, scope, members, renew);
  await storage.patternLinks.keep(organizationId, integrationId, changed);
  const decided = [...new Set([...concerned, ...changed.keys()])];
  const labels = await storage.patternDecisions.labels(organizationId, decided);
  await storage.patterns.saveDecided(organizationId, decided, labels, links);
  await updatePatterns(storage, organizationId, [...new Set([...touched, ...decided, ...changed.values()])]);
  const regrouped = open.flatMap(({ change }) => ('members' in change ? [change.from, change.to] : []));
  await storage.patterns.markStale(organizationId, [...regrouped, ...separated(open)]);
  await renew();
  await storage.patternDecisions.settled(organizationId, open);
}

/** Patterns that were one for a while: each may still hold words of the other. */
const separated = (open: readonly PatternDecision[]): string[] =>
  open.flatMap(({ change, undone }) => (change.kind === 'merge' && undone ? [change.from, change.into] : []));

/** Patterns whose root is not as it is kept, with the root they have now. */
async function changedRoots(storage: Storage, organizationId: string, { patternIds, rootOf }: LinksInPart) {
  const kept = await storage.patternLinks.kept(organizationId, [...patternIds]);
  const changed = [...patternIds].filter((patternId) => (kept.get(patternId) ?? patternId) !== rootOf(patternId));
  return new Map(changed.map((patternId) => [patternId, rootOf(patternId)]));
}

interface Scope {
  organizationId: string;
  integrationId: string;
}

/** A pattern that a split began, until a run has described it from its members. */
async function startPatterns(storage: Storage, scope: Scope, open: readonly PatternDecision[]): Promise<void> {
  for (const { change } of open) {
    if (change.kind !== 'split' || !change.startsPattern) continue;
    const [first] = change.members;
    if (!first) continue;
    const ids = change.members.map(({ conversationId }) => conversationId);
    const insights = await storage.insights.getMany(scope.organizationId, scope.integrationId, ids);
    const insight = insights.find((one) => one.conversationId === first.conversationId) ?? insights[0];
    if (insight) await storage.patterns.start(scope.organizationId, change.to, insight);
  }
}

/** Puts members where they belong. @returns the patterns that lost or gained one */
async function placeAll(
  storage: Storage,
  { organizationId, integrationId }: Scope,
  members: readonly PatternMember[],
  renew: () => Promise<void> = async () => {},
): Promise<Set<string>> {
  const { placements } = storage.patternLinks;
  const touched = new Set<string>();
  const all = [...new Map(members.map((member) => [memberKey(member), member])).values()];
  for (let at = 0; at < all.length; at += BATCH) {
    await renew();
    const batch = all.slice(at, at + BATCH);
    const ids = batch.map(({ conversationId }) => conversationId);
    const now = new Map(
      (await storage.patternMembers.ofConversations(organizationId, integrationId, ids)).map((member) => [
        memberKey(member),
        member.patternId,
      ]),
    );
    const before = new Map(
      (await placements.of(organizationId, integrationId, batch)).map((placement) => [memberKey(placement), placement]),
    );
    const bases = new Map(
      batch.map((member) => {
        const key = memberKey(member);
        return [key, baseOf(now.get(key) ?? null, before.get(key))] as const;
      }),
    );
    const homes = [...bases.values()].flatMap((patternId) => patternId ?? []);
    const links = await storage.patternLinks.inPart({ organizationId, integrationId }, homes, ids);
    const planned = batch.flatMap((member) => {
      const key = memberKey(member);
      return placementOf(member, now.get(key) ?? null, before.get(key), bases.get(key) ?? null, links) ?? [];
    });
    // The placement first: it tells an interrupted move from one that an automatic run made.
    await placements.save(organizationId, integrationId, planned);
    const moves = planned.flatMap(({ conversationId, issue, pin, placed }) => {
      const from = now.get(memberKey({ conversationId, issue }));
      if (from === undefined || from === placed || (from === null && pin === null)) return [];
      return [{ conversationId, issue, from, to: placed }];
    });
    await storage.patternMembers.move(organizationId, integrationId, moves);
    await placements.save(
      organizationId,
      integrationId,
      planned.map((one) => ({ ...one, leaving: null })),
    );
    for (const { leaving, placed } of planned) for (const id of [leaving, placed]) if (id) touched.add(id);
  }
  return touched;
}

/** Where the last automatic run put a member. */
function baseOf(current: string | null, before: PatternPlacement | undefined): string | null {
  // Neither where we put it nor where it was before: an automatic run has placed it anew since.
  return before && (current === null || current === before.placed || current === before.leaving)
    ? before.base
    : current;
}

/** What is to be kept of a member; null when no decision concerns it. */
function placementOf(
  { conversationId, issue }: PatternMember,
  current: string | null,
  before: PatternPlacement | undefined,
  base: string | null,
  links: PatternLinks,
): PatternPlacement | null {
  const pin = links.pins.get(memberKey({ conversationId, issue }))?.patternId ?? null;
  const home = pin ?? base;
  if (home === null) return null;
  const placed = links.rootOf(home);
  if (!before && pin === null && placed === current) return null;
  return { conversationId, issue, base: base ?? home, pin, placed, leaving: current === placed ? null : current };
}
