/** The sandbox's one stylesheet, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dee5, #333b47); --soft: light-dark(#f5f7fa, #1b2129);
  --text: light-dark(#1d2530, #e4e9f0); --muted: light-dark(#5b6776, #98a4b3); --accent: light-dark(#0b63c5, #6db3ff);
  --paper: light-dark(#fff, #12171d); --note: light-dark(#fff8e1, #2e2912); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--paper); }
header { background: var(--soft); border-bottom: 1px solid var(--line); }
header > div, main { max-width: 60rem; margin: 0 auto; padding: .75rem 1rem; }
header > div { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
header strong a { color: inherit; text-decoration: none; }
main { padding-bottom: 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--accent); }
.muted { color: var(--muted); font-size: .9rem; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; }
.actions input[type=search] { flex: 1 1 12rem; }
.list { list-style: none; padding: 0; margin: .5rem 0; border-top: 1px solid var(--line); }
.list li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
.list a { font-weight: 600; overflow-wrap: anywhere; }
.badge { font-size: .8rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; margin-left: .5rem; }
.thread { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: .75rem 0; }
.thread.message { background: var(--soft); margin-left: 1.5rem; }
.thread.note { background: var(--note); margin-left: 1.5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0 0; }
form.stacked { display: grid; gap: .75rem; max-width: 40rem; }
label { display: grid; gap: .25rem; font-weight: 600; }
input, textarea, select, button { font: inherit; color: inherit; padding: .5rem .7rem; border-radius: .4rem;
  border: 1px solid light-dark(#8a95a3, #667282); background: var(--paper); width: 100%; }
button { width: auto; justify-self: start; cursor: pointer; background: light-dark(#0b63c5, #2a7fdc); border-color: transparent; color: #fff; }
button.secondary { background: transparent; color: inherit; border-color: light-dark(#8a95a3, #667282); }
label.check { display: flex; align-items: center; gap: .5rem; font-weight: 400; }
label.check input { width: auto; }
label :is(small, input, select, textarea) { font-weight: 400; }
fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .6rem; border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem .9rem; min-width: 0; }
legend { font-weight: 600; padding: 0 .3rem; }
fieldset > small { grid-column: 1 / -1; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; font-weight: 600; }
details form { margin-top: .75rem; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem; overflow-wrap: anywhere; }
.entries li { overflow-wrap: anywhere; padding: .3rem 0; }
.list li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
`;

export const PERSON_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#dfe5ec"/><circle cx="20" cy="15" r="7" fill="#8a97a6"/><path d="M6 38c0-9 6-14 14-14s14 5 14 14z" fill="#8a97a6"/></svg>';
