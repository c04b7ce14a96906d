import type { AskedConversation } from './question.ts';

const HELP =
  '(?:help|docs?|documentation|documented|manual|tutorial|guide|article|faq|instructions?|page|knowledge ?base|descriptions?|text|overview|handbook|readme|wiki)';
const NOT = "(?:does|do|did|is|are|was|were)(?:n'?t| not)|never|nowhere";

/** It is said to be wrong, in so many words. */
const CALLED_WRONG = [
  `\\b${HELP}\\b[^?!\\n]{0,120}\\b(?:outdated|out of date|wrong|incorrect|inaccurate|no longer|not so|contradict\\w*|misleading|(?:${NOT}) (?:match|exist|true|right|correct)|old(?:er)? (?:version|design|editor)|obsolete)\\b`,
  `\\b(?:outdated|wrong|incorrect|inaccurate|contradict\\w*|misleading|obsolete|dead link|broken link|404)\\b[^?!\\n]{0,60}\\b${HELP}\\b`,
  `\\b(?:dead|broken) link\\b|\\b404\\b|\\btypo\\b|\\bcontradict\\w*\\b|\\bin truth\\b`,
  `\\b(?:please|kindly|pls|could you|can you|somebody should|needs? (?:an|to be)?)\\b[^.?!\\n]{0,30}\\b(?:correct\\w*|fix\\w*|updated?|amend\\w*|revised?|rewrit\\w*|rewrite|refresh\\w*)\\b`,
];
/** It is said to leave something out. */
const LEAVES_OUT = [
  `\\b${HELP}\\b[^?!\\n]{0,100}\\b(?:(?:${NOT}) (?:say|mention|explain|describe|cover|contain|tell)|(?:is|are) silent|leaves? out|lacks?|incomplete|too (?:short|thin)|nothing about|only (?:mentions?|covers?|describes?)|stops? after)`,
  `\\bbut not (?:which|what|how|whether|where|when|why|who)\\b`,
  `\\b(?:not|isn'?t|aren'?t|never) (?:documented|described|explained|mentioned)\\b|\\bundocumented\\b`,
  `\\b(?:please|could you|can you|could it be|should be|worth|to be)\\b[^.?!\\n]{0,40}\\b(?:add(?:ed)?|extend\\w*|complet\\w*|document|describe|a sentence|expand\\w*)\\b`,
  `\\bbelongs? (?:there|in (?:the|that|your))\\b`,
];
/** What it says is cited: nobody does so who is content with it. */
const CITED = [
  `\\b(?:${HELP}|there it)\\b[^?!\\n]{0,60}\\b(?:says?|said|claims?|states?|promises?|reads|writes?|tells?|shows?|lists?|speaks? of|refers? to|mentions?)\\b`,
  `\\b(?:you|it) (?:say|write|claim|state|reads)\\b|\\baccording to\\b[^.?!\\n]{0,40}\\b${HELP}\\b`,
];
/** It was looked for in vain. */
const NOT_FOUND = [
  `\\b(?:can'?t|can ?not|could(?:n'?t| not)|did(?:n'?t| not)|unable to|(?:not|n'?t) able to|without|nothing|no)\\b[^.?!\\n]{0,40}\\b(?:find|found|success|locate)\\b`,
  `\\b(?:find|found|finds) (?:nothing|no|none)\\b`,
  `\\b(?:searched|looked (?:all|every\\w*|in|through|for)|looking for)\\b`,
];

const patterns = (sources: readonly string[]) => sources.map((source) => new RegExp(source, 'i'));
const CUES = {
  calledWrong: patterns(CALLED_WRONG),
  leavesOut: patterns(LEAVES_OUT),
  cited: patterns(CITED),
  notFound: patterns(NOT_FOUND),
};
export type HelpTextCue = keyof typeof CUES;

/** What a customer says about a help text: English only, as the offline model is. */
export function helpTextCues({ subject, threads }: AskedConversation): Record<HelpTextCue, boolean> {
  const said = [subject, ...threads.filter(({ author }) => author === 'customer').map(({ text }) => text)]
    .join('\n')
    .slice(0, 6_000);
  const has = (cue: HelpTextCue) => CUES[cue].some((pattern) => pattern.test(said));
  return {
    calledWrong: has('calledWrong'),
    leavesOut: has('leavesOut'),
    cited: has('cited'),
    notFound: has('notFound'),
  };
}
