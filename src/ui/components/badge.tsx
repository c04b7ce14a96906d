import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'green' | 'amber' | 'red' | 'blue' | 'violet';

/** A word with a colour; the icon and the word say it too, for people who do not see the colour. */
export function Badge({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span class={`badge tone-${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** How one of several states looks. */
export interface Look {
  text: string;
  tone: Tone;
  icon?: IconName;
}

/** The badge of a state. */
export function LookBadge({ look: { text, tone, icon } }: { look: Look }) {
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}
