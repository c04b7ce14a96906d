import type { FieldErrors } from '../props.ts';
import { CheckboxGroup, type Choice, Field, Select } from './form.tsx';

/** A settings form that was refused, if it was. */
export interface RefusedForm {
  /** What was sent: shown instead of what is set. */
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

interface SettingProps extends RefusedForm {
  id: string;
  name: string;
  label: string;
  help?: string;
}

/** A setting that is a number. */
export function AmountSetting({ set, sent, ...field }: SettingProps & { set: number }) {
  return <Field {...field} type="number" required value={sent?.[field.name] ?? String(set)} />;
}

interface TextSettingProps extends SettingProps {
  set: string;
  placeholder?: string;
  maxLength?: number;
}

/** A setting that is written, or left empty. */
export function TextSetting({ set, sent, ...field }: TextSettingProps) {
  return <Field value={sent?.[field.name] ?? set} {...field} />;
}

interface ChoiceSettingProps extends Omit<SettingProps, 'help'> {
  set: string;
  options: readonly Choice[];
}

/** A setting that is one of a few values. */
export function ChoiceSetting({ set, sent, ...field }: ChoiceSettingProps) {
  return <Select {...field} value={sent?.[field.name] ?? set} />;
}

interface SwitchSettingProps extends Pick<RefusedForm, 'sent'> {
  id: string;
  name: string;
  legend: string;
  text: string;
  detail?: string;
  on: boolean;
}

/** A setting that is on or off. A box that is not ticked is not sent. */
export function SwitchSetting({ id, name, legend, text, detail, on, sent }: SwitchSettingProps) {
  const checked = sent ? sent[name] !== undefined : on;
  return <CheckboxGroup id={id} name={name} legend={legend} options={[{ value: 'on', text, detail, checked }]} />;
}
