import { insightDifferences } from '../../classify/insight-differences.ts';
import type { Insight } from '../../domain/insight.ts';
import type { Storage } from '../../storage/storage.ts';

export interface VerifyReport {
  insights: number;
  /** As their decisions make them; a person's correction aside. */
  equal: number;
  /** Of the equal ones, those that a person has corrected: what they corrected is theirs. */
  corrected: number;
  /** The conversation was read anew and is not classified yet: nothing to compare with. */
  outdated: number;
  /** Older than records of decisions. */
  withoutDecision: number;
  differences: { conversationId: number; issue: number; fields: string[] }[];
}

/** Builds every insight of an organization again from its decision and the stored conversation, without any model. */
export async function verifyDecisions(storage: Storage, organizationId: string): Promise<VerifyReport> {
  const report: VerifyReport = {
    ...{ insights: 0, equal: 0, corrected: 0, outdated: 0, withoutDecision: 0 },
    differences: [],
  };
  for await (const insight of storage.insights.stream(organizationId)) {
    report.insights += 1;
    if (insight.decisionId === null) {
      report.withoutDecision += 1;
      continue;
    }
    const fields = await differingFields(storage, insight);
    if (fields === 'outdated') report.outdated += 1;
    else if (fields.length > 0) {
      report.differences.push({ conversationId: insight.conversationId, issue: insight.issue, fields });
    } else {
      report.equal += 1;
      if (insight.review === 'corrected') report.corrected += 1;
    }
  }
  return report;
}

async function differingFields(storage: Storage, insight: Insight): Promise<string[] | 'outdated'> {
  const { organizationId, integrationId, conversationId, decisionId } = insight;
  const decision = await storage.decisions.get(organizationId, decisionId ?? '');
  const [conversation] = await storage.conversations.getMany(organizationId, integrationId, [conversationId]);
  if (!decision) return ['decision'];
  return conversation ? insightDifferences(insight, decision, conversation) : ['conversation'];
}
