import type { Clock } from '../format.ts';
import { formatCount, formatUsd, formatWait, plural } from '../format.ts';
import type { ExplainedDecision } from '../props.ts';
import { ExternalLink, Time } from './content.tsx';
import { Fact } from './fact.tsx';

const REBUILT: Record<ExplainedDecision['rebuilt'], string> = {
  same: 'Built again from these and the answer, without any model, the insight is the same.',
  corrected: 'Built again from these and the answer, the insight is the same but for what a person corrected.',
  outdated: 'The conversation was read anew since, and is not classified yet.',
  different: 'Built again from these and the answer, the insight is not the same: tell your operator.',
};

/** How an insight came about: who decided, from what, by which words, and what it cost. */
export function Explain({ decision, clock }: { decision: ExplainedDecision; clock: Clock }) {
  const { classifier, tokens, costUsd } = decision;
  const settings = [
    ...(decision.effort === null ? [] : [`effort ${decision.effort}`]),
    ...(decision.temperature === null ? [] : [`temperature ${decision.temperature}`]),
  ];
  return (
    <details class="explain">
      <summary>Explain</summary>
      <dl class="facts">
        <Fact name="Decided by">
          {classifier.kind === 'claude' ? 'Claude' : 'The offline model'}{' '}
          <span class="sub">({[classifier.model, ...settings].join(', ')})</span>
          {decision.atCap && <span class="sub"> because the daily cost limit was reached</span>}
        </Fact>
        <Fact name="When">
          <Time at={decision.decidedAt} clock={clock} exact />
          {decision.durationMs !== null && <span class="sub"> in {formatWait(decision.durationMs)}</span>}
        </Fact>
        <Fact name="Read">
          {decision.threads.length === 0 && 'No message'}
          {decision.threads.map((threadId, index) => (
            <a key={threadId} class="read-message" href={`#thread-${threadId}`}>
              Message {index + 1}
            </a>
          ))}
          <span class="sub"> {REBUILT[decision.rebuilt]}</span>
        </Fact>
        {decision.articles > 0 && (
          <Fact name="Help articles">{plural(decision.articles, 'article')} given as context</Fact>
        )}
        <Fact name="Prompt, taxonomy">
          {decision.promptVersion}, version {decision.taxonomyVersion}
        </Fact>
        <Fact name="Left to a person below">{Math.round(decision.reviewBelow * 100)}% confidence</Fact>
        {tokens && (
          <Fact name="Tokens">
            {formatCount(tokens.inputTokens)} in ({formatCount(tokens.cachedInputTokens)} cached),{' '}
            {formatCount(tokens.outputTokens)} out
          </Fact>
        )}
        <Fact name="Cost">
          {costUsd === null ? 'Not known' : formatUsd(costUsd)}
          {decision.messageBatchId !== null && <span class="sub"> in a message batch</span>}
        </Fact>
        {decision.requestId !== null && (
          <>
            <dt>Request</dt>
            <dd class="long-text">{decision.requestId}</dd>
          </>
        )}
        <dt>Workflow</dt>
        <dd class="long-text">
          {decision.workflowUrl === null ? (
            decision.workflowId
          ) : (
            <ExternalLink href={decision.workflowUrl}>{decision.workflowId}</ExternalLink>
          )}
        </dd>
      </dl>
      {decision.rawAnswer !== null && (
        <>
          <h3>The answer as it came</h3>
          <pre class="raw-answer">{decision.rawAnswer === '' ? '(nothing was asked)' : decision.rawAnswer}</pre>
        </>
      )}
    </details>
  );
}
