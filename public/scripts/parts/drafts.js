// What was typed into a form marked data-draft="name" outlives the end of a session; secrets never leave their fields.
const SECRET = /password|code|csrf/i;
const KEEP = 'drafts-kept';
const forms = document.querySelectorAll('form[data-draft]');

// The log-in tells that a session ran out: the forms that come after it are filled in again.
if (location.search.includes('ended=1')) sessionStorage.setItem(KEEP, 'true');

for (const form of forms) {
  const key = `draft:${form.dataset.draft}`;
  const draft = sessionStorage.getItem(key);
  if (draft && sessionStorage.getItem(KEEP)) restore(form, JSON.parse(draft));
  sessionStorage.removeItem(key);
  form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(typed(form))));
}
if (forms.length > 0) sessionStorage.removeItem(KEEP);

// Where a log-out leaves the storage as it is, it takes the drafts away all the same.
document.addEventListener('submit', ({ target }) => {
  if (!target.getAttribute('action')?.endsWith('/session/end')) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('draft:')) sessionStorage.removeItem(key);
});

function restore(form, draft) {
  for (const field of form.elements) {
    if (!(field.name in draft) || isSecret(field)) continue;
    if (field.type === 'radio') field.checked = field.value === draft[field.name];
    else if (field.type === 'checkbox') field.checked = true;
    else field.value = draft[field.name];
  }
  sayRestored(form);
}

function typed(form) {
  const fields = [...form.elements].filter((field) => field.name && !isSecret(field) && isSent(field));
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
}

function isSent(field) {
  return field.type !== 'hidden' && (!['radio', 'checkbox'].includes(field.type) || field.checked);
}

function isSecret(field) {
  return field.type === 'password' || SECRET.test(field.name);
}

function sayRestored(form) {
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'status');
  notice.textContent = document.body.dataset.draftRestored;
  form.prepend(notice);
}
