import { SCAN_WINDOWS_DAYS } from '../../domain/scan-period.ts';
import type { FieldErrors } from '../props.ts';
import { Field, Select } from './form.tsx';

interface ScanPeriodFieldsProps {
  /** Tells the fields of two forms on one page apart. */
  id: string;
  label: string;
  usualWindowDays: number;
  /** Whether a first and a last day may be given. */
  dates?: boolean;
  errors?: FieldErrors | undefined;
  /** Days of a refused form, to be corrected. */
  sent?: { from?: string | undefined; to?: string | undefined } | undefined;
}

/** Which of the earlier conversations a scan reads. */
export function ScanPeriodFields({
  id,
  label,
  usualWindowDays,
  dates = false,
  errors,
  sent = {},
}: ScanPeriodFieldsProps) {
  const days = [...new Set([...SCAN_WINDOWS_DAYS, usualWindowDays])].sort((a, b) => a - b);
  return (
    <div class="scan-period">
      <Select
        id={`${id}-window`}
        name="window"
        label={label}
        value={dates && errors?.from ? 'dates' : String(usualWindowDays)}
        options={[
          ...days.map((day) => ({ value: String(day), text: `of the last ${day} days` })),
          { value: 'all', text: 'all there are' },
          ...(dates ? [{ value: 'dates', text: 'between two days…' }] : []),
        ]}
      />
      {dates && (
        <div class="scan-dates">
          <Field id={`${id}-from`} name="from" type="date" label="First day" value={sent.from ?? ''} errors={errors} />
          <Field id={`${id}-to`} name="to" type="date" label="Last day" value={sent.to ?? ''} />
        </div>
      )}
    </div>
  );
}
