import { plainSpellings } from './planted-normal-form.ts';

const CATEGORY = '(?:a |an |the )?["\'“”‘’(\\[]?(?:bug|feature|documentation|question)(?: (?:report|request|need))?';
const SEVERITY = '["\'“”‘’]?(?:critical|high|medium|low)';
/** Where an order begins: at the start, after a courtesy or a role, or after the end of another part of the sentence. */
const ORDER =
  '(?:^["\'“‘]?|[:;,(\\[\\-–—!] ?|\\b(?:please|now|then|and|must|should|shall|will|to|you|instead|just|also|hereby) )';
/** Whom the order is for. */
const READER =
  '(?:ai|a\\.i\\.|llm|language model|large language model|classifier|claude|gpt|chatgpt|model|assistant|bot|automated (?:system|reader|agent|triage)|triage (?:ai|bot|model|system|agent)|(?:text |ticket |support )?(?:classification|triage) (?:model|system|engine|bot))';
/** What the reader goes by. */
const RULES =
  '(?:instructions?|prompts?|rules?|guidelines?|directives?|directions|constraints|programming|training|system message|taxonomy|definitions?|restrictions|safeguards?)';
const WHOSE =
  '(?:all|any|every|everything|your|previous|prior|above|earlier|preceding|former|foregoing|system|developer|original|initial|safety|existing|the last)';

/**
 * Common ways of giving orders to whatever reads a conversation in order to classify it. Each needs two signs: a verb in
 * the imperative or an address, and something of the machinery (its rules, its fields, its answer). Words alone, a
 * report about such words, or a request to the people of the support desk are not enough.
 */
const PHRASES: readonly RegExp[] = [
  // Rules are to be left aside, in several languages.
  `${ORDER}(?:ignore|disregard|forget|override|bypass|discard|abandon|do not (?:follow|obey)|don't (?:follow|obey)|stop (?:following|obeying)|pay no attention to)\\b(?:(?!\\bmy\\b|\\bour\\b|\\bdo i\\b).){0,20}?\\b${WHOSE}\\b(?:(?!\\bmy\\b|\\bour\\b).){0,40}?\\b${RULES}\\b`,
  `^(?:please )?(?:ignore|disregard|forget) (?:everything|all|anything) (?:that (?:was|is|came) |written |said |stated |you (?:were|have been) told )?(?:above|before|so far|earlier|previously)?`.concat(
    '.{0,30}\\b(?:instead|and (?:classify|categori[sz]e|answer|respond|output|mark|set|treat|label|say|return|write))\\b',
  ),
  '\\b(?:ignorier\\w*|vergiss|vergesst|missachte\\w*|uberspring\\w*|befolge nicht)\\b.{0,40}\\b(?:anweisung\\w*|instruktion\\w*|regeln|vorgaben|systemprompt)',
  '\\b(?:ignore[zr]?|oublie[zr]?|ne (?:tiens|tenez) pas compte)\\b.{0,40}\\b(?:instructions|consignes|regles|directives)\\b.{0,12}(?:precedentes|ci-dessus|anterieures|du systeme)?.{0,60}(?:classe|categorie|reponds|repondez|precedentes|anterieures)',
  '\\b(?:ignora|ignore|ignorad|olvida|olvide|no hagas caso)\\b.{0,40}\\b(?:instrucciones|indicaciones|reglas|directrices)\\b.{0,60}(?:anteriores|previas|sistema|clasifica|responde)',
  '\\b(?:ignor[ae]|esque[cç]a|desconsidere)\\b.{0,40}\\b(?:instrucoes|regras|orientacoes)\\b.{0,60}(?:anteriores|previas|sistema|classifi|respond)',
  '\\b(?:ignora|ignorate|dimentica|dimenticate)\\b.{0,40}\\b(?:istruzioni|regole|direttive)\\b.{0,60}(?:precedenti|sistema|classific|rispond)',
  '\\b(?:negeer|vergeet)\\b.{0,40}\\b(?:instructies|aanwijzingen|regels)\\b',
  '\\b(?:zignoruj|zapomnij)\\b.{0,40}(?:instrukcj|polecen|zasad)',
  '(?:игнорируй|проигнорируй|забудь).{0,40}(?:инструкц|указани|правил)',
  '(?:忽略|无视|無視|忘记).{0,12}(?:指令|指示|规则|提示)|(?:指示|命令|ルール).{0,6}(?:無視|忘れ)',
  '\\b(?:klassifizier\\w*|kategorisier\\w*|stufe)\\b.{0,30}\\bals\\b.{0,12}(?:bug|feature|fehler|frage|documentation|question)',
  '\\b(?:classe[zr]?|clasifica|classifica|classifique|clasifique)\\b.{0,40}\\b(?:comme|como|come)\\b.{0,12}(?:bug|feature|documentation|question)',
  // The answer, its fields or its words are given.
  `${ORDER}(?:re)?(?:classify|categori[sz]e|triage|label)\\b.{0,50}?\\b(?:as|to|under|into|in)\\b.{0,15}?${CATEGORY}\\b`,
  `${ORDER}(?:set|change|put|make|assign|force|switch|update|overwrite|fill|keep|return|output|use)\\b.{0,25}?\\b(?:category|classification|severity|confidence|product ?area|evidence|verdict)\\b.{0,12}?(?:to|as|=|:|at|with|of)? ?(?:${CATEGORY}|${SEVERITY}|null|[01](?:\\.\\d+)?)\\b`,
  `\\b(?:the |your |correct |right |real |true |only |final )*(?:category|classification|verdict|label|answer)\\b.{0,25}?\\b(?:must|shall|has to|needs to|ought to|should) (?:always |now |only )?(?:be|read|say|equal)\\b.{0,8}?${CATEGORY}\\b`,
  `^(?:the )?(?:correct|right|real|true|only acceptable|final|expected|required) (?:category|classification|answer|label|verdict)(?: (?:here|for this|of this)[^.]{0,25})? ?(?:is|=|:) ?${CATEGORY}\\b`,
  `\\b(?:confidence|severity)\\b.{0,20}\\b(?:must|shall|has to) be\\b`,
  `\\b(?:confidence|severity)\\b ?(?:=|:|to|of|is) ?(?:${SEVERITY}|[01](?:\\.\\d+)?)\\b.{0,40}\\b(?:category|classification|evidence)\\b|\\b(?:category|classification)\\b ?(?:=|:|to|is) ?${CATEGORY}\\b.{0,40}\\b(?:confidence|severity|evidence|summary)\\b`,
  `^(?:please )?(?:only )?(?:answer|respond|reply|output|return|print|emit)(?: (?:only|with|exactly|just|always|back))*:? ?(?:the (?:single )?word |the category )?${CATEGORY}["'”’)\\]]* ?(?:and nothing else|only)?[.!]*$`,
  '\\b(?:answer|respond|reply|output|return|print|emit)\\b.{0,30}\\b(?:category|categories|classification)\\b.{0,30}(?:bug|feature|documentation|question)',
  '["\']category["\'] ?: ?["\'](?:bug|feature|documentation|question)["\']',
  `${ORDER}(?:quote|cite)\\b.{0,60}\\b(?:as (?:the |your |only )*(?:evidence|quote)|evidence)\\b|\\b(?:evidence|quotes?)\\b.{0,20}\\b(?:must|shall|has to|should) (?:be|contain|read|include|say)\\b|\\b(?:as|for) (?:the |your )?evidence,? (?:quote|cite|use|give)\\b`,
  `${ORDER}(?:write|put|use|give|make|return|set)\\b.{0,40}\\b(?:as |into |in )?(?:the|your) summary\\b|\\bsummar(?:y|ise|ize)\\b.{0,25}\\b(?:must|shall|has to) (?:be|read|say|contain)\\b|\\b(?:the|your) summary should (?:be|read|say)\\b|^(?:please )?summari[sz]e (?:this|it|the (?:conversation|ticket|message)) as\\b`,
  `${ORDER}(?:report|list|add|return|create|invent)\\b.{0,40}\\b(?:further issues?|second issue|extra issues?|other issues) (?:of|with|in|that|saying|about|called)\\b.{0,40}(?:categor|further|bug|feature|list|answer)`,
  // The reader is spoken to, or made somebody else.
  `^(?:dear |hey |hello |hi |attention,? |note,? |important,? |ok,? )?@?${READER} ?[,:!].{0,80}\\b(?:categor|classif|label|ignore|disregard|answer|mark|treat|set|output|file|quote|bug|feature|documentation|question|resolved|severity|rules)`,
  `\\b(?:note|message|instructions?|attention|memo|hint|reminder|notice|information|command|order)s? (?:to|for) (?:the |any |all |every |whatever |whichever )?(?:\\w+ )?${READER}s?\\b`,
  `\\b(?:if|when|as) you(?: are|'re) (?:an? |the )?(?:\\w+ )?${READER}\\b`,
  `\\b(?:any|every|whatever|whichever|the) (?:\\w+ )?${READER}s? (?:that |who |which )?(?:reads?|reading|process(?:es|ing)?|classif(?:ies|ying)|sort(?:s|ing)?|handl(?:es|ing)|see(?:s|ing)?) (?:this|these|it)\\b`,
  `\\bthe (?:classifier|triage (?:model|bot|system|ai)|classification (?:model|system)) (?:must|shall|should|will|has to|is to|needs to|is required to)\\b`,
  '\\byou are (?:now|no longer|hereby) (?:an? |in |the |bound|free|dan\\b|allowed|required|my |operating|acting)',
  '\\byou are (?:now )?(?:dan|unrestricted|jailbroken|in developer mode)\\b|\\b(?:enter|enable|activate|switch to) (?:developer|admin|debug|god|maintenance|jailbreak|unrestricted) mode\\b.{0,60}\\b(?:categor|classif|rules|restrictions|answer|label)',
  `\\b(?:pretend|act|behave|role-?play)\\b.{0,12}\\b(?:as if|as though|like|that you|as an?|to be)\\b.{0,60}\\b(?:${READER}|no rules|rules|instructions|bug|feature|documentation)\\b`,
  '\\bfrom (?:now|here|this point) on,? (?:you|every|all|each|any|classify|answer|label|treat)\\b.{0,80}\\b(?:categor|classif|label|bug|feature|documentation|question|answer|rules|instructions)',
  '\\byour (?:new|real|true|actual|only|updated|revised) (?:task|job|goal|instructions?|role|purpose|objective|rules?|system prompt) ?(?:is\\b|are\\b|:|=)',
  '\\b(?:new|updated|revised|additional|real) (?:system )?(?:instructions?|prompt|rules?|directives?|policy) ?(?:for you|from (?:the )?(?:developers?|operators?|administrators?|system|anthropic|openai))?:',
  '\\b(?:reveal|print|repeat|show|output|leak|recite|disclose|tell me|copy|put)\\b.{0,25}\\b(?:your|the|its) (?:(?:full|whole|hidden|secret|entire|own) )?(?:system prompt|initial prompt|hidden prompt|instructions above|prompt above|secret instructions|system message)\\b.{0,40}\\b(?:summary|answer|evidence|verbatim|word for word|above|into|in the)',
  // The form of a request to a model, or of our own, is forged.
  '<\\|(?:im_start|im_end|system|endoftext|user|assistant)\\|>|\\[/?inst\\]|<</?sys>>|</?(?:conversation|system|system_prompt|instructions?|admin|assistant|developer)>(?=.*\\b(?:categor|classif|label|ignore|answer|bug|feature|documentation|question)|$)',
  '^[\\[(<#=\\-* ]*(?:system|developer|assistant|admin(?:istrator)?|operator|anthropic|openai)(?: (?:message|prompt|note|override|instruction|notice|update|alert))?[\\])>=\\-]{0,9} ?[:>\\])-].{0,80}\\b(?:categor|classif|label|ignore|disregard|verdict|reclass|(?:as|is|to|answer) (?:a )?["\'“]?(?:bug|feature|documentation|question)\\b|you (?:must|are|will|shall)|override|rules)',
  '\\b(?:end|begin|start)(?:ning)? of (?:the )?(?:conversation|untrusted|customer|user|data|system)(?: (?:data|input|text|message|prompt|instructions|messages|conversation))* ?(?:[.:!\\-=\\])]|$)',
  '\\b(?:system|developer|admin|priority) override\\b.{0,60}(?:categor|classif|label|code|bug|feature|documentation|question|rules)',
].map((source) => new RegExp(source, 'u'));

/** A forged end of the block that conversations are sent in. */
export const opensForgedBlock = /(?:<|\\u003c|&lt;)\s*\/\s*conversation\s*(?:>|\\u003e|&gt;)/i;

/** The beginning of a message that claims to be a system's: planted when what follows it is. */
export const opensForgedRole =
  /^[\s[(<#=*-]*(?:system|assistant|developer|admin(?:istrator)?|operator|note)\b[^:>\])]{0,20}[:>\])]/i;

/** Time grows with the square of a sentence's length: longer ones are read in pieces that overlap. */
const PIECE = 800;
const OVERLAP = 300;

/** Whether a sentence gives orders to whatever classifies it. */
export function isPlanted(sentence: string): boolean {
  for (let start = 0; start === 0 || start + OVERLAP < sentence.length; start += PIECE - OVERLAP) {
    const spellings = plainSpellings(sentence.slice(start, start + PIECE));
    if (spellings.some((spelling) => PHRASES.some((phrase) => phrase.test(spelling)))) return true;
  }
  return false;
}
