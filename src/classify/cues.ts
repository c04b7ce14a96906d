/**
 * Ways of speaking that mean the same in every product: they let the model carry over from the texts it was trained on
 * to the conversations of a company it has never seen. Each is one feature; most count once however often they match.
 */
const CUES: Record<string, RegExp> = {
  asks: /\?/,
  howTo: /\bhow (?:do|can|could|should|would|to|does|did)\b|\bhow'?s? (?:it|that|this) work/,
  isItPossible:
    /\b(?:is (?:it|there|this) (?:possible|any way|a way)|any way to|am i able|are we able|do you (?:offer|support|have))\b/,
  whatIs:
    /\b(?:what (?:is|are|does|do|happens|would)|which (?:one|plan|of)|where (?:do|can|is|are)|when (?:will|do|does|is)|who (?:can|is|do))\b/,
  why: /\bwhy\b/,
  wish: /\b(?:i wish|we wish|would be (?:great|nice|good|helpful|useful|awesome|lovely|cool|handy|better)|would (?:love|like)|i'?d (?:love|like)|we'?d (?:love|like)|hoping)\b/,
  add: /\b(?:please|pls|could you|can you|should|need to|want you to) (?:please )?(?:add|include|support|allow|implement|provide|introduce|make|consider|bring back|give|let)\b/,
  request: /\b(?:feature request|suggestion|suggest|enhancement|proposal|propose|request|roadmap|planned|plans to)\b/,
  lacking:
    /\b(?:lacks?|lacking|missing|no option|no way to|there is no|there's no|doesn'?t (?:have|support|allow)|not supported|unable to find)\b/,
  would: /\b(?:would|could|should|might)\b/,
  insteadOf:
    /\b(?:instead of|rather than|ability to|option to|support for|allow(?:s|ing)? (?:us|me|users?|to)|able to)\b/,
  broken:
    /\b(?:broken|crash(?:es|ed|ing)?|bug|bugs|buggy|glitch(?:es|y)?|freez(?:es|ing|e)|frozen|hangs?|stuck|fails?|failed|failing|failure|stopped|corrupt(?:ed)?)\b/,
  notWorking:
    /\b(?:(?:does|do|did|is|are|was|has|have|can|could|will|would)(?:n'?t| not)|can ?not|won'?t|no longer|never) (?:\w+ ){0,2}?(?:work|works|working|load|loads|loading|open|opens|sync|syncs|syncing|save|saved|connect|connects|show|showing|appear|display|update|updating|respond|log ?in|start|launch|arrive|send|receive)/,
  error:
    /\b(?:error|exception|traceback|stack ?trace|segfault|panic|errors|404|500|502|503|timeout|timed out|undefined|nan)\b/,
  since:
    /\b(?:since (?:the )?(?:last|latest|update|upgrade|yesterday|this morning|monday|upgrading|updating)|after (?:the )?(?:\w+ )?(?:update|upgrade|updating|upgrading)|used to work|worked (?:fine|before|until)|suddenly|all of a sudden|regression)\b/,
  steps:
    /\b(?:steps to reproduce|expected (?:behaviou?r|result)|actual (?:behaviou?r|result)|current behaviou?r|reproduce|repro)\b/,
  wrong:
    /\b(?:wrong|incorrect|inaccurate|instead|twice|duplicate[ds]?|disappear(?:s|ed)?|lost|vanished|inconsistent)\b/,
  docs: /\b(?:docs?|documentation|documented|document|readme|manual|tutorial|help (?:article|page|cent(?:er|re)|guide|site|section|docs?)|knowledge ?base|user guide|guide|faq|article|changelog|wiki|walkthrough|javadocs?|docstrings?)\b/,
  docsFault:
    /\b(?:docs?|documentation|readme|manual|tutorial|guide|article|faq|instructions|page|knowledge ?base)\b[^.?!\n]{0,60}\b(?:says?|states?|mentions?|claims?|shows?|outdated|out of date|old|wrong|incorrect|missing|unclear|confusing|misleading|typo|broken link|explain|describe|cover|stale|contradict)/,
  docsLacking:
    /\b(?:no|not|can'?t find|cannot find|couldn'?t find|nothing|nowhere|any|missing|add|update|improve|more|better|fix|clarify|lacks?|unclear|outdated)\b[^.?!\n]{0,50}\b(?:docs?|documentation|documented|readme|manual|tutorial|guide|article|faq|examples?|instructions|explanation)\b/,
  typo: /\b(?:typo|misspell(?:ed|ing)?|spelling|broken link|dead link|outdated|out of date|example|examples|screenshots? (?:is|are|in))\b/,
  money:
    /\b(?:invoice|billing|billed|charged?|refund|pricing|price|subscription|plan|trial|payment|discount|vat|receipt|upgrade|cancel)\b/,
  account: /\b(?:password|account|log ?in|seats?|owner|permission|email address|gdpr|security|certificate)\b/,
  wondering:
    /\b(?:wondering|curious|question|clarify|confirm|advise|explain|understand|not sure|could you tell|can you tell|let me know|help me)\b/,
  thanks: /\b(?:love|great|awesome|nice work|thank)\b/,
  code: /```|\bat \w+\.\w+\(|[{};]\s*$/m,
};

const LENGTHS = [30, 80, 160, 320, 640];

/** The names of the cues that a lower-cased text has, its length and its number of questions among them. */
export function cuesOf(text: string): string[] {
  const found = Object.entries(CUES)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name);
  const questions = text.split('?').length - 1;
  found.push(`length:${LENGTHS.filter((limit) => text.length > limit).length}`);
  found.push(`questions:${Math.min(questions, 3)}`);
  if (text.trimEnd().endsWith('?')) found.push('endsWithQuestion');
  if (/^(?:how|what|where|when|why|who|which|can|could|is|are|do|does|will|should|may)\b/.test(text))
    found.push('startsAsQuestion');
  return found;
}
