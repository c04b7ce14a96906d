import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { WhatIfSettings } from '../../domain/what-if.ts';
import { ChoiceSetting, type RefusedForm, TextSetting } from './setting-fields.tsx';

interface ClassifierFieldsProps extends RefusedForm {
  settings: Pick<WhatIfSettings, 'classifier' | 'model' | 'effort' | 'temperature'>;
  /** Who classifies where nothing else is set. */
  installation: ClassifierIdentity;
  /** How the choices of who classifies are called. */
  choices: { auto: string; offline: string };
  help: { model: string; temperature: string };
}

const EFFORTS = [
  { value: '', text: 'As the model does by itself' },
  { value: 'low', text: 'Low: cheapest' },
  { value: 'medium', text: 'Medium' },
  { value: 'high', text: 'High: most thorough' },
];

/** Who classifies, and how: `classifier`, `model`, `effort`, `temperature`. */
export function ClassifierFields({ settings, installation, choices, help, ...form }: ClassifierFieldsProps) {
  return (
    <>
      <ChoiceSetting
        id="classifier"
        name="classifier"
        label="Who classifies"
        set={settings.classifier}
        options={[
          { value: 'auto', text: choices.auto },
          { value: 'offline', text: choices.offline },
        ]}
        {...form}
      />
      <TextSetting
        id="model"
        name="model"
        label="Claude's model"
        set={settings.model ?? ''}
        placeholder={installation.kind === 'claude' ? installation.model : ''}
        maxLength={100}
        help={help.model}
        {...form}
      />
      <ChoiceSetting id="effort" name="effort" label="Effort" set={settings.effort ?? ''} options={EFFORTS} {...form} />
      <TextSetting
        id="temperature"
        name="temperature"
        label="Temperature"
        set={String(settings.temperature ?? '')}
        help={help.temperature}
        {...form}
      />
    </>
  );
}
