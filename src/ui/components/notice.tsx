import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface NoticeProps {
  tone: 'amber' | 'blue' | 'red' | 'green';
  icon?: IconName;
  /** `alert` is read out at once, `status` when there is time. */
  role?: 'alert' | 'status';
  children: ComponentChildren;
}

/** Something to know before reading on, as a coloured box. */
export function Notice({ tone, icon = 'alert', role, children }: NoticeProps) {
  return (
    <p class={`notice tone-${tone}`} role={role}>
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}
