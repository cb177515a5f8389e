// Keys by their place, not their letter: they work in the Russian layout too. Single keys can be switched off.
const help = document.querySelector('[data-keys]');
const toggle = help?.querySelector('[data-keys-on]');
const keysOn = () => localStorage.getItem('keys') !== 'off';

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  if (event.target.closest?.('input, textarea, select, dialog')) return;
  if (event.code === 'Slash' && event.shiftKey) openHelp(event);
  else if (event.code === 'Slash') focusSearch(event);
  if (event.code === 'KeyJ') moveRow(1);
  if (event.code === 'KeyK') moveRow(-1);
});

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-keys-open]')) openHelp(event);
  if (event.target.closest?.('[data-keys-close]')) help.close();
});

toggle?.addEventListener('change', () => localStorage.setItem('keys', toggle.checked ? 'on' : 'off'));

function openHelp(event) {
  if (!help) return;
  event.preventDefault();
  toggle.checked = keysOn();
  help.showModal();
}

function focusSearch(event) {
  event.preventDefault();
  document.querySelector('[data-search]')?.select();
}

/** From row to row of the list by the links in them; Enter opens the row as it opens any link. */
function moveRow(step) {
  const rows = [...document.querySelectorAll('tbody a[data-row]')];
  const at = rows.indexOf(document.activeElement);
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}
