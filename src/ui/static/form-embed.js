// Puts the contact form that this script belongs to where its tag stands, as high as it needs to be.
(() => {
  const tag = document.currentScript;
  if (!tag) return;
  const page = new URL(tag.src);
  page.pathname = page.pathname.replace(/\/embed\.js$/, '');
  const frame = document.createElement('iframe');
  frame.src = page.href;
  frame.title = tag.dataset.title || 'Contact form';
  frame.style.width = '100%';
  frame.style.height = '40rem';
  frame.style.border = '0';
  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== page.origin) return;
    const { type, height } = event.data ?? {};
    if (type !== 'contactFormHeight' || !Number.isFinite(height)) return;
    frame.style.height = `${Math.min(Math.max(height, 100), 6000)}px`;
  });
  // A tag in the head stands where nothing is shown: the form comes at the end of the page then.
  const place = () => (tag.closest('head') ? document.body.append(frame) : tag.after(frame));
  if (tag.closest('head') && document.readyState === 'loading') addEventListener('DOMContentLoaded', place);
  else place();
})();
