export const API_KEY = 'key-for-tests';
export const SECRET_TEXT = 'My export of the Larsen estate hangs.';

/** What a model answers about a conversation of that text. */
export const answer = {
  category: 'bug',
  confidence: 0.9,
  summary: 'The export hangs.',
  productArea: null,
  severity: 'high',
  evidence: [{ threadId: 1, quote: SECRET_TEXT }],
};
