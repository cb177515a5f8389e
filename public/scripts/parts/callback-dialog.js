// «Заказать звонок» opens over the page it is asked for on; without this the link leads to the form's own page.
document.addEventListener('click', async (event) => {
  const link = event.target.closest?.('a[data-callback]');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || location.pathname.startsWith('/callback')) return;
  event.preventDefault();
  try {
    show(await formAt(link.href), link.dataset.close);
  } catch {
    location.assign(link.href);
  }
});

async function formAt(address) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const form = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-callback-form]');
  return document.adoptNode(form);
}

function show(form, close) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog callback-dialog';
  dialog.append(closeButton(close), withHeading(withOwnIds(form)));
  dialog.setAttribute('aria-labelledby', 'callback-dialog-title');
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('input[type="tel"]')?.focus();
}

function closeButton(name) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'callback-dialog__close';
  button.setAttribute('aria-label', name);
  button.textContent = '×';
  button.addEventListener('click', () => button.closest('dialog').close());
  return button;
}

/** The page beneath has a first heading already. */
function withHeading(form) {
  const heading = document.createElement('h2');
  const first = form.querySelector('h1');
  heading.textContent = first.textContent;
  heading.id = 'callback-dialog-title';
  first.replaceWith(heading);
  return form;
}

/** The page beneath may have fields of the same names. */
function withOwnIds(form) {
  for (const element of form.querySelectorAll('[id]')) element.id = `callback-${element.id}`;
  for (const label of form.querySelectorAll('[for]')) label.htmlFor = `callback-${label.htmlFor}`;
  for (const field of form.querySelectorAll('[aria-describedby]')) {
    const hints = field.getAttribute('aria-describedby').split(' ');
    field.setAttribute('aria-describedby', hints.map((id) => `callback-${id}`).join(' '));
  }
  return form;
}
