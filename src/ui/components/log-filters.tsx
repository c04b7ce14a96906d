import { SYNC_ERROR_CODES } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { LOG_PATH } from '../links.ts';
import {
  DIRECTION_TEXT,
  LOG_RANGE_TEXT,
  LOG_STATUS_TEXT,
  LOG_STATUSES,
  LOG_TYPE_TEXT,
  LOG_TYPES,
  type LogFilter,
} from '../log-filter.ts';
import type { FieldErrors } from '../props.ts';
import { FilterSearch, FilterSelect } from './filter-fields.tsx';
import { FilterForm } from './filter-form.tsx';
import { choicesOf, Field } from './form.tsx';

const CAUSES = SYNC_ERROR_CODES.map((code) => ({
  value: code,
  text: SYNC_ERROR_TEXT[code].message.replace(/\.$/, ''),
}));

/** Everything the log can be filtered by; all of it is in the address. */
export function LogFilters({ filter, errors }: { filter: LogFilter; errors?: FieldErrors | undefined }) {
  const shown = errors ?? {};
  return (
    <FilterForm action={LOG_PATH} target="log-rows" alsoTarget="log-tools" label="Filter the log">
      <FilterSearch
        name="q"
        label="Search"
        value={filter.q}
        placeholder="E-mail, ticket id or conversation id"
        errors={shown}
      />
      <FilterSelect name="range" label="Time" value={filter.range} options={choicesOf(LOG_RANGE_TEXT)} />
      <div class="custom-dates">
        <Field id="filter-from" name="from" label="From" type="date" value={filter.from} errors={shown} />
        <Field
          id="filter-from-time"
          name="fromTime"
          label="From time"
          type="time"
          value={filter.fromTime}
          errors={shown}
        />
        <Field id="filter-to" name="to" label="To" type="date" value={filter.to} errors={shown} />
        <Field id="filter-to-time" name="toTime" label="To time" type="time" value={filter.toTime} errors={shown} />
      </div>
      <Several
        id="filter-type"
        name="type"
        label="Event types"
        all="All types"
        values={LOG_TYPES}
        texts={LOG_TYPE_TEXT}
        chosen={filter.type}
      />
      <Several
        id="filter-status"
        name="status"
        label="Statuses"
        all="All statuses"
        values={LOG_STATUSES}
        texts={LOG_STATUS_TEXT}
        chosen={filter.status}
      />
      <FilterSelect
        name="direction"
        label="Direction"
        value={filter.direction}
        any="Both ways"
        options={choicesOf(DIRECTION_TEXT)}
      />
      <FilterSelect name="cause" label="Error cause" value={filter.cause} any="Any or none" options={CAUSES} />
    </FilterForm>
  );
}

interface SeveralProps<T extends string> {
  id: string;
  name: string;
  label: string;
  /** What it says when nothing is chosen. */
  all: string;
  values: readonly T[];
  texts: Readonly<Record<T, string>>;
  chosen: readonly T[];
}

/** Any of a few values behind one button. What is chosen is shown by the stylesheet, so that it needs no script. */
function Several<T extends string>({ id, name, label, all, values, texts, chosen }: SeveralProps<T>) {
  return (
    <fieldset class="field several">
      <legend>{label}</legend>
      <details class="popover" name="log-popover">
        <summary>
          <span class="several-all">{all}</span>
          {values.map((value) => (
            <span key={value} class={`several-one several-${value}`}>
              {texts[value]}
            </span>
          ))}
        </summary>
        <div class="popover-panel">
          {values.map((value) => (
            <label key={value} class="several-choice" for={`${id}-${value}`}>
              <input id={`${id}-${value}`} type="checkbox" name={name} value={value} checked={chosen.includes(value)} />
              {texts[value]}
            </label>
          ))}
        </div>
      </details>
    </fieldset>
  );
}
