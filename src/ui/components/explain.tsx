import type { Clock } from '../format.ts';
import { formatCount, formatUsd, formatWait, plural } from '../format.ts';
import type { ExplainedDecision } from '../props.ts';
import { ExternalLink, Time } from './content.tsx';

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
        <dt>Decided by</dt>
        <dd>
          {classifier.kind === 'claude' ? 'Claude' : 'The offline model'}{' '}
          <span class="sub">({[classifier.model, ...settings].join(', ')})</span>
          {decision.atCap && <span class="sub"> because the daily cost limit was reached</span>}
        </dd>
        <dt>When</dt>
        <dd>
          <Time at={decision.decidedAt} clock={clock} exact />
          {decision.durationMs !== null && <span class="sub"> in {formatWait(decision.durationMs)}</span>}
        </dd>
        <dt>Read</dt>
        <dd>
          {decision.threads.length === 0 && 'No message'}
          {decision.threads.map((threadId, index) => (
            <a key={threadId} class="read-message" href={`#thread-${threadId}`}>
              Message {index + 1}
            </a>
          ))}
          <span class="sub"> {REBUILT[decision.rebuilt]}</span>
        </dd>
        {decision.articles > 0 && (
          <>
            <dt>Help articles</dt>
            <dd>{plural(decision.articles, 'article')} given as context</dd>
          </>
        )}
        <dt>Prompt, taxonomy</dt>
        <dd>
          {decision.promptVersion}, version {decision.taxonomyVersion}
        </dd>
        <dt>Left to a person below</dt>
        <dd>{Math.round(decision.reviewBelow * 100)}% confidence</dd>
        {tokens && (
          <>
            <dt>Tokens</dt>
            <dd>
              {formatCount(tokens.inputTokens)} in ({formatCount(tokens.cachedInputTokens)} cached),{' '}
              {formatCount(tokens.outputTokens)} out
            </dd>
          </>
        )}
        <dt>Cost</dt>
        <dd>
          {costUsd === null ? 'Not known' : formatUsd(costUsd)}
          {decision.messageBatchId !== null && <span class="sub"> in a message batch</span>}
        </dd>
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
