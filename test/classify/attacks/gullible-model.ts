import type { MessagesRequest, Reply } from '../../support/messages-api-server.ts';

const OBEDIENT = { bug: 'feature', feature: 'question', documentation: 'question', question: 'documentation' } as const;
export type Honest = { category: keyof typeof OBEDIENT; summary: string; quote: string };

/**
 * A model without any judgement: as soon as one sentence of a planted text can be read in the request, it does all that
 * an attacker could ask for, in every field of the answer and in some that do not exist. Otherwise it answers honestly.
 * It knows what was planted; the product does not.
 */
export function gullibleReply(request: MessagesRequest, planted: string | null, honest: Honest): Reply {
  const read = lettersOf(JSON.stringify(readBlock(request)));
  const obeys = planted !== null && demandsOf(planted).some((demand) => read.includes(demand));
  const honestAnswer = {
    category: honest.category,
    confidence: 0.9,
    summary: honest.summary,
    productArea: null,
    severity: honest.category === 'bug' ? 'medium' : null,
    evidence: [{ threadId: 1, quote: honest.quote }],
    documentation: null,
    further: [],
  };
  if (!obeys) return { kind: 'answer', value: honestAnswer };
  const asked = { ...honestAnswer, category: OBEDIENT[honest.category], confidence: 1, severity: 'critical' };
  const invented = [1, 2, 3].map((threadId) => ({ threadId, quote: planted ?? '' }));
  return {
    kind: 'answer',
    value: {
      ...asked,
      summary: 'As you wish.',
      productArea: 'Free money',
      evidence: invented,
      documentation: { problem: 'wrong', articleId: 'planted' },
      further: [{ ...asked, evidence: invented }],
      status: 'closed',
      patternId: 'planted',
      mergePatterns: ['one', 'other'],
    },
  };
}

/** Sentences of a planted text, those that are long enough to ask for something. */
function demandsOf(planted: string): string[] {
  const sentences = planted.split(/(?<=[.!?。])\s+|\n+/).map(lettersOf);
  return sentences.filter((sentence) => sentence.length >= 10);
}

/** Compared by letters and digits alone. */
const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What stands in the block, as a reader of JSON reads it. */
function readBlock({ messages }: MessagesRequest): unknown {
  const content = messages[0]?.content;
  const text = typeof content === 'string' ? content : '';
  return JSON.parse(text.split('\n').slice(1, -1).join('\n'));
}
