/**
 * Groups of words and phrases that do the same in any product's mail (regular expressions, `|` between them, matched as
 * whole words in lower case): a word the training texts never had still counts, through its group.
 */
export const LEXICON: Record<string, string> = {
  fails:
    'crash(?:es|ed|ing)?|fail(?:s|ed|ing|ure|ures)?|break(?:s|ing)?|broke|broken|hang(?:s|ing)?|hung|freez(?:e|es|ing)|froze|frozen|throw(?:s|n|ing)?|rais(?:es|ed)|panics?|segfaults?|segmentation fault|abort(?:s|ed)?|dies|leak(?:s|ing)?|stalls?|corrupt(?:s|ed|ing|ion)?|regression|deadlock|glitch(?:es|y)?|flicker(?:s|ing)?|lag(?:s|gy|ging)?',
  vanishes:
    'lost|los(?:es|ing)|disappear(?:s|ed|ing)?|vanish(?:es|ed)?|gone|erased|wiped|deleted itself|goes blank|went blank|cut off|truncated|skipped|dropped|drops',
  misbehaves:
    'wrong(?:ly)?|incorrect(?:ly)?|invalid|inaccurate|unexpected(?:ly)?|inconsistent|garbled|blurry|overlap(?:s|ping)?|misaligned|duplicate[ds]?|twice|stuck|unresponsive|stale|off by|mismatch|infinite|endless(?:ly)?|not respected|ignored|ignores|black screen|white screen|blank (?:page|screen)|empty (?:page|screen|list)',
  unusable:
    'unusable|useless|worthless|rubbish|garbage|terrible|horrible|awful|worst|waste of|annoying|frustrat(?:ed|ing)|disappointed|disappointing|junk|trash|sucks|fed up|unacceptable|uninstall(?:ed|ing)?|reinstall(?:ed|ing)?',
  keepsHappening:
    'keeps?|kept|constantly|always|every time|each time|everytime|randomly|sometimes|often|occasionally|intermittent(?:ly)?|repeatedly|again and again|over and over|half the time|most of the time|several times|all the time',
  changedForWorse:
    'no longer|any ?more|used to|worked (?:fine|great|well|perfectly|before|until)|was working|stopped|suddenly|all of a sudden|since (?:the|this|last|my|i|upgrading|updating|yesterday)|after (?:the|this|last|latest|an?|my|i|upgrading|updating|installing)|(?:latest|last|new|recent) (?:update|version|release|upgrade)|downgrad(?:e|ed|ing)|rolled? back|previously|recently',
  connects:
    'sync(?:s|ed|ing)?|connect(?:s|ed|ing|ion)?|disconnect(?:s|ed|ing)?|pair(?:s|ed|ing)?|log(?:ging)? ?in|sign(?:ing)? in|load(?:s|ed|ing)?|download(?:s|ed|ing)?|upload(?:s|ed|ing)?|install(?:s|ed|ing)?|updat(?:es|ed|ing)|open(?:s|ed|ing)?|launch(?:es|ed|ing)?|build(?:s|ing)?|compil(?:e|es|ed|ing)',
  reports:
    'expected|actual|reproduc(?:e|es|ed|ible)|repro|steps|observed|describe the bug|what happened|current behaviou?r|stack ?trace|traceback|backtrace|logs?|console|screenshot|workaround|bisect',
  errors:
    "errors?|exceptions?|warnings?|undefined|null|nan|not found|cannot read|can't read|timed? ?out|denied|forbidden|unauthorized|refused|fatal|assertion|unable to|could not|status code|exit code|4\\d\\d|5\\d\\d",
  repairs: 'fix(?:es|ed|ing)?|resolve[sd]?|repair|hotfix|patch|bugs?|bugfix|issues?|problems?',
  wants:
    "i wish|we wish|i(?:'d| would) (?:love|like|prefer|appreciate)|we(?:'d| would) (?:love|like|prefer)|i want|i need|we need|hope(?:fully)?|looking for|missing(?: feature)?|wish(?:es|ed|ing)?|want(?:ed)? to see|love to see|like to see|in dire need|desperately",
  wouldBe:
    "(?:would|could|might|will|'d) (?:also |really |all |just )?(?:be|make|help|love|like|allow|save|give|benefit|improve|simplify|enable)|should (?:be|have|also|allow|support|not|let|show|include)|be (?:nice|great|good|cool|helpful|useful|awesome|handy|better|ideal|perfect|amazing)|make sense|makes sense|much (?:better|easier|nicer)",
  asksToAdd:
    'pl(?:ease|s|z) (?:also |do |just )?(?:add|bring|give|make|let|allow|include|put|return|improve|provide|enable|implement|support|consider|introduce|change|offer|restore|remove)|(?:can|could|will|would) (?:you|we|it) (?:please |also )?(?:add|bring|give|make|let|allow|have|include|provide|enable|implement|support|consider|introduce)|needs? (?:to have|more|an?|the ability|option)|bring back|go back to|add(?:ing)? (?:an? |the |more |support|option|ability)',
  ability:
    'ability to|able to|option(?:s|al)? (?:to|for)|support(?:s|ing)? (?:for|of)|allow(?:s|ing)?|possibility|customi[sz](?:e|able|ation|ing)|configurable|integrat(?:e|ion)|compatib(?:le|ility)|widgets?|dark mode|shortcut|export|filter|a way to|choose|choice|settings? (?:to|for)|manually|automatically|per user|toggle',
  proposes:
    'feature|features|request|enhancement|improvement|improve|suggest(?:s|ion|ions|ed)?|propos(?:e|al|ed)|ideas?|roadmap|rfc|motivation|use ?cases?|alternatives?|solution|describe the solution|refactor(?:ing)?|future|nice to have|consider|currently|instead of|rather than|similar to|like other|other apps?|competitors?',
  lacks:
    "lack(?:s|ing)?|(?:there(?:'s| is| are)|has|have|with) no|no (?:way|option|support|possibility|widget|button|setting|ability|choice)|not (?:possible|supported|available|allow(?:ed)?|customi[sz]able)|doesn'?t (?:have|support|allow|offer|let|provide|include)|does not (?:have|support|allow|offer|let|provide|include)|can(?:'t|not) (?:choose|select|change|set|customi[sz]e|edit|delete|add|turn|disable|filter|export|see)|without having to|forced? to|only (?:one|works|allows|supports|shows)|limited|too (?:many|much|small|big|few|complicated)",
  asksHow:
    "how (?:do|can|could|should|would|to|does|did|is|are|come|about|many|much|long)|what(?:'s| is| are| do| does| would| should| am)|where (?:do|can|is|are|should|to)|when (?:will|do|does|is|can)|which|who|whether|if (?:it is|it's|there is|i|we|you|this) (?:possible|can|could|should|need)",
  seeksHelp:
    "help(?: me)?|any (?:idea|ideas|help|suggestions?|advice|hints?|pointers?|news|plans?|update|chance|way|example|reason|one)|anyone|anybody|someone|somebody|i(?:'m| am) trying|i(?:'ve| have) tried|i tried|trying to|figure out|newbie|noob|beginner|new to|advice|guidance|thanks in advance|thank you|i(?:'m| am) (?:not sure|unsure|wondering|confused|looking|unable|having|getting|using|new)|don'?t (?:know|understand|see how)|do not (?:know|understand)|doing wrong|did i|am i|missing something",
  wonders:
    'wonder(?:ing)?|curious|questions?|clarif(?:y|ication)|confus(?:ed|ing)|understand|explain|explanation|meaning|mean(?:s|t)?|difference between|supposed to|correct way|right way|best way|best practice|proper way|recommended|possible|is it|is there|are there|does it|does this|do you|do i|can i|can we|should i|stack ?overflow|forum|discuss(?:ion)?|thoughts|opinion',
  writesDocs:
    'docs?|documentation|documented|readme|wiki|tutorials?|guides?|manual|examples?|articles?|help page|changelog|faq|knowledge base|javadocs?|docstrings?|walkthrough|how-?to|instructions|getting started|quick ?start|api reference',
  docsWork:
    'document|clarify|explain|describe|mention|typos?|spelling|grammar|outdated|out of date|broken links?|dead links?|misleading|unclear|misspelled|wording|incomplete|explanation|rewrite|translate|translation',
  firstPerson: "i|i'm|i've|my|me|mine|im|ive",
  firstPersonPlural: "we|our|us|we're|we've",
  secondPerson: 'you|your|guys|team|developers?|devs',
  negates:
    "not|no|never|none|nothing|cannot|cant|won'?t|can't|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|wasn'?t|without|unable",
  modals: "should|would|could|might|may|must|shall|i'd|it'd|'d",
  contrasts: 'but|however|although|though|instead|unfortunately|except|otherwise|even though|despite',
  reviews:
    'apps?|stars?|rating|phone|watch|device|version|love|great|good|nice|excellent|perfect|amazing|awesome|best|easy|money|paid|customer service|support team',
  tasks:
    'tasks?|todo|milestone|sprint|user story|as an? (?:user|admin|developer|customer)|acceptance criteria|design|ui|ux|tests?|coverage|ci|pipeline|cleanup|clean up|performance|optimi[sz]e',
};

/** What a text can open with: the verb of an order says more about what is wanted than the rest of the text. */
export const OPENINGS: Record<string, string> = {
  add: 'add|adding|allow|support|implement|enable|provide|expose|introduce|include|create|integrate|extend|offer|let|give|build|generate|option|ability|possibility|new|auto',
  change:
    'make|use|improve|remove|replace|change|convert|refactor|upgrade|update|move|rename|switch|migrate|drop|deprecate|set|define|handle|separate|split|rework|redesign|simplify|optimi[sz]e|reduce|increase|merge|clean|show|display|hide|send|store|investigate|consider|automate|prevent|avoid|ensure|test|write',
  tagFeature:
    '(?:\\[|\\()?(?:feature|feature[ -]request|enhancement|proposal|suggestion|rfc|idea|wish|fr|feat|request)\\b',
  tagBug: '(?:\\[|\\()?(?:bug|bug report|crash|error|regression|issue|problem|exception|fix)\\b',
  tagQuestion: '(?:\\[|\\()?(?:question|help|support|q|quick question|usage|need help|discussion)\\b',
  tagDocs: '(?:\\[|\\()?(?:docs?|documentation|readme|tutorial|guide|wiki|document|typo|clarify|website)\\b',
  cannot: "(?:i )?(?:can(?:'t|not| not)|unable to|could(?:n't| not)|cant|failed to|fails? to|failing)",
  asks: 'how|what|why|where|when|who|which|is|are|do|does|can|could|should|will|would|any|has|have|did|am|may',
  person: "i|we|i'm|i've|my|our|hi|hello|hey|dear|it|this|the|there|when|after|since|if",
};
