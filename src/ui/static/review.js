// Keys of the review queue: what an element does when it is clicked, it does for the key that it names.
const TYPED_INTO = 'input:not([type="radio"], [type="checkbox"]), select, textarea';
const WITH_ENTER = 'a, button, summary';

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest(TYPED_INTO)) return;
  if (event.key === 'Enter' && event.target.closest(WITH_ENTER)) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  if (wanted.type === 'radio') wanted.focus();
  wanted.click();
});
