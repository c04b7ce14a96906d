import { mayReadMessages, type Role } from '../../domain/roles.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DecidedProposal, WaitingProposal } from '../../ui/views/approvals.tsx';
import { insightRows } from './insight-rows.ts';
import { latestQuotes } from './quotes.ts';

const MOST = 100;
/** More than anybody lets wait; a proposal is a few short fields. */
const MOST_READ = 10_000;
const DECIDED = 20;
const QUOTES = 3;
const QUOTES_FROM = 20;

/** What waits for a person's word, with what it is about, and what was decided lately. */
export async function approvals(
  storage: Storage,
  organizationId: string,
  role: Role,
): Promise<{ waiting: WaitingProposal[]; decided: DecidedProposal[]; total: number }> {
  const [proposed, approved, rejected] = await Promise.all([
    storage.recordProposals.list(organizationId, 'waiting', MOST_READ),
    storage.recordProposals.list(organizationId, 'approved', DECIDED),
    storage.recordProposals.list(organizationId, 'rejected', DECIDED),
  ]);
  // Those that an interrupted run, or an earlier version, has left of patterns that are none any more.
  const alive = await storage.patterns.alive(
    organizationId,
    proposed.map(({ patternId }) => patternId),
  );
  const standing = proposed.filter(({ patternId }) => alive.has(patternId));
  const proposals = standing.slice(0, MOST);
  const settled = [...approved, ...rejected];
  const ids = [...proposals, ...settled].map(({ patternId }) => patternId);
  const [patterns, records] = await Promise.all([
    storage.patterns.getMany(organizationId, ids),
    storage.issueRecords.byPatterns(organizationId, ids),
  ]);
  const patternOf = new Map(patterns.map((pattern) => [pattern.patternId, pattern]));
  const recordOf = new Map(records.map((record) => [record.patternId, record]));
  const waiting = await Promise.all(
    proposals.map(async ({ patternId, kind, proposedAt }) => {
      const pattern = patternOf.get(patternId);
      const quotes = mayReadMessages(role) ? await quotesOf(storage, organizationId, patternId) : [];
      return {
        ...{ patternId, kind, proposedAt, title: pattern?.title ?? '', quotes },
        ...{ customers: pattern?.customers ?? 0, conversations: pattern?.conversations ?? 0 },
      };
    }),
  );
  const decided = settled
    .map(({ patternId, kind, state, decidedAt, decidedBy, reason }) => ({
      ...{ patternId, kind, decidedAt, decidedBy, reason, isApproved: state === 'approved' },
      title: patternOf.get(patternId)?.title ?? '',
      number: recordOf.get(patternId)?.number ?? null,
      recordKind: recordOf.get(patternId)?.kind ?? kind,
    }))
    .sort((a, b) => (b.decidedAt?.getTime() ?? 0) - (a.decidedAt?.getTime() ?? 0))
    .slice(0, DECIDED);
  return { waiting, decided, total: standing.length };
}

async function quotesOf(storage: Storage, organizationId: string, patternId: string) {
  const { insights } = await storage.insights.list(organizationId, { patternId }, { limit: QUOTES_FROM });
  return latestQuotes(insights, await insightRows(storage, organizationId, insights)).slice(0, QUOTES);
}
