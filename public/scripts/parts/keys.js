// Keys by their place, not their letter: they work in the Russian layout too.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
  if (event.code === 'Slash' && !event.shiftKey) focusSearch(event);
  if (event.code === 'KeyJ') moveRow(1);
  if (event.code === 'KeyK') moveRow(-1);
});

function focusSearch(event) {
  event.preventDefault();
  document.querySelector('[data-search]')?.focus();
}

/** From row to row of the list by the links in them. */
function moveRow(step) {
  const rows = [...document.querySelectorAll('tbody a[data-row]')];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}
