// Runs before the page is drawn, so that a chosen theme does not flash; the rest waits for events.
const root = document.documentElement;
const THEME = 'theme';

function chosenTheme() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null; // Storage is blocked: the system's theme applies.
  }
}

const theme = chosenTheme();
if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;

function switchTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  try {
    localStorage.setItem(THEME, next);
  } catch {
    // Kept for this page only.
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll('.dropdown-menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener('click', (event) => {
  closeMenus(event.target.closest('.dropdown-menu'));
  if (event.target.closest('[data-theme-toggle]')) switchTheme();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('.dropdown-menu[open]');
  closeMenus();
  open?.querySelector('summary')?.focus();
});

document.addEventListener('submit', (event) => {
  const { confirm: question } = event.target.dataset;
  if (question && !window.confirm(question)) event.preventDefault();
  else if (event.target.method === 'post') markBusy(event.submitter);
});

// What a button starts may take seconds (a retry asks Help Scout): it shows that, and is not sent twice.
function markBusy(button) {
  if (!button) return;
  button.setAttribute('aria-busy', 'true');
  setTimeout(() => {
    button.disabled = true;
  });
}

// A page that comes back from the browser's memory has nothing under way.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy');
    button.disabled = false;
  }
});

// An address without empty filters reads better and compares equal.
document.addEventListener('htmx:config:request', (event) => {
  const { body } = event.detail.ctx.request;
  if (!(body instanceof FormData)) return;
  for (const [name, value] of [...body]) if (value === '') body.delete(name);
});
