// Filters of a list work at once; without this script the form's button does the same.
const form = document.querySelector('form[data-live-filter]');
let asked;

form?.addEventListener('change', () => void refresh());

async function refresh() {
  const list = document.getElementById(form.dataset.liveFilter);
  const address = `${new URL(form.action).pathname}?${wanted(list)}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    show(list, new DOMParser().parseFromString(await answer.text(), 'text/html'));
    history.replaceState(null, '', address);
  } catch {
    // A newer question is under way, or the line is down: the button is still there.
  }
}

/** What the form says, and what was picked in the list. */
function wanted(list) {
  const said = new URLSearchParams();
  const picked = new Set();
  for (const [name, value] of new FormData(form)) {
    if (value !== '' && name !== 't') said.append(name, value);
  }
  for (const box of list.querySelectorAll('input[name=t]:checked')) picked.add(box.value);
  for (const slug of picked) said.append('t', slug);
  return said;
}

function show(list, page) {
  const fresh = page.getElementById(list.id);
  const found = page.getElementById('found');
  if (!fresh || !found) return;
  document.getElementById('found').textContent = found.textContent;
  form.querySelector('[data-live-button]').textContent = fresh.dataset.button;
  list.replaceWith(document.adoptNode(fresh));
}
