// The demo's inbox: new messages come by themselves, a press copies the code.
const EVERY_MS = 2000;

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.copied = 'true';
});

async function refresh() {
  const answer = await fetch(location.href, { headers: { 'x-background': '1' } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [list, newer] = [document, page].map((where) => where.querySelector('[data-inbox]'));
  if (newer && newer.dataset.inbox !== list.dataset.inbox) list.replaceWith(newer);
}

setInterval(() => document.visibilityState === 'visible' && refresh(), EVERY_MS);
