import { FAULT_APIS, FAULT_METHODS, FAULT_STATUSES, type FaultRule } from '../../store/events/fault-events.ts';
import type { Fault } from '../../store/faults.ts';

export interface FaultFormsProps {
  faults: readonly Fault[];
  brokenThreads: readonly number[];
  templates: readonly string[];
}

/** The rules with how often each struck, and a form that adds one. */
export function FaultForms({ faults, brokenThreads, templates }: FaultFormsProps) {
  const isEmpty = faults.length === 0 && brokenThreads.length === 0;
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      {isEmpty ? (
        <p class="muted">Everything works.</p>
      ) : (
        <>
          <ul class="list">
            {faults.map((fault) => (
              <li key={fault.rule.id} class="row">
                <span>
                  <strong>{effectText(fault.rule)}</strong> {matchText(fault.rule)}
                  <span class="muted"> · {whenText(fault)}</span>
                </span>
                <form method="post" action={`/sandbox/faults/${fault.rule.id}/remove`}>
                  <button type="submit" class="secondary" aria-label={`Remove fault ${fault.rule.id}`}>
                    Remove
                  </button>
                </form>
              </li>
            ))}
            {brokenThreads.map((id) => (
              <li key={id} class="row">
                <span>
                  <strong>500</strong> for the threads of conversation {id}
                </span>
                <form method="post" action={`/sandbox/faults/threads/${id}/mend`}>
                  <button type="submit" class="secondary" aria-label={`Mend the threads of conversation ${id}`}>
                    Mend
                  </button>
                </form>
              </li>
            ))}
          </ul>
          <form method="post" action="/sandbox/faults/clear">
            <button type="submit" class="secondary">
              Remove all
            </button>
          </form>
        </>
      )}
      <details>
        <summary>Add a fault</summary>
        <form method="post" action="/sandbox/faults" class="stacked">
          <fieldset>
            <legend>Which calls</legend>
            <Choice name="api" label="API" options={FAULT_APIS} any="Any" />
            <Choice name="method" label="Method" options={FAULT_METHODS} any="Any" />
            <Choice name="template" label="Endpoint" options={templates} any="Any" />
            <label>
              Conversation id
              <input type="number" name="conversationId" min={1} placeholder="any" />
            </label>
            <label class="check">
              <input type="checkbox" name="writesOnly" />
              Writes only
            </label>
          </fieldset>
          <fieldset>
            <legend>What happens</legend>
            <label>
              Effect
              <select name="effect">
                {FAULT_STATUSES.map((status) => (
                  <option key={status} value={String(status)} selected={status === 500}>
                    {`Answer ${status}`}
                  </option>
                ))}
                <option value="delay">Answer late</option>
                <option value="before">Cut the connection before the call is handled</option>
                <option value="after">Cut the connection after the call was handled</option>
              </select>
            </label>
            <label>
              Seconds to wait: how late the answer is, or what a 429 says
              <input type="number" name="seconds" min={1} value="5" />
            </label>
          </fieldset>
          <fieldset>
            <legend>How often</legend>
            <label>
              Number of calls
              <input type="number" name="count" min={1} value="1" />
            </label>
            <label>
              Or the probability for each call, from 0 to 1
              <input type="number" name="probability" min={0} max={1} step="any" placeholder="not by chance" />
            </label>
            <label>
              Seed of the chance
              <input type="number" name="seed" value="1" />
            </label>
          </fieldset>
          <button type="submit">Add</button>
        </form>
      </details>
    </section>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly string[];
  any: string;
}

function Choice({ name, label, options, any }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

function effectText({ effect }: FaultRule): string {
  if ('status' in effect) return String(effect.status);
  if ('delayMs' in effect) return `${effect.delayMs / 1000} s late`;
  return `Connection cut ${effect.drop} handling`;
}

function matchText({ match }: FaultRule): string {
  const { api, method, template, conversationId, writesOnly } = match;
  const parts = [
    method ?? (writesOnly === true ? 'writes' : 'every call'),
    template,
    api !== undefined && `of the ${api} API`,
    conversationId !== undefined && `of conversation ${conversationId}`,
  ];
  return `for ${parts.filter((part) => typeof part === 'string').join(' ')}`;
}

function whenText({ rule: { when }, struck, turn }: Fault): string {
  if ('count' in when) return `struck ${struck} of ${when.count}`;
  return `probability ${when.probability}, seed ${when.seed}, struck ${struck} of ${turn} calls`;
}
