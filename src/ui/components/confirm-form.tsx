import { PostForm } from './form.tsx';

interface ConfirmFormProps {
  action: string;
  csrfToken: string;
  /** The word that does it. */
  text: string;
  /** The way back, and what going back means. */
  keep: { href: string; text: string };
}

/** The end of a page that asks before something is gone for good. */
export function ConfirmForm({ action, csrfToken, text, keep }: ConfirmFormProps) {
  return (
    <PostForm action={action} csrfToken={csrfToken} class="button-row">
      <button type="submit" class="button danger solid">
        {text}
      </button>
      <a class="button secondary" href={keep.href}>
        {keep.text}
      </a>
    </PostForm>
  );
}
