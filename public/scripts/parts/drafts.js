// What was typed into a form marked data-draft="name" outlives a session's end; secrets never leave their fields.
const SECRET = /password|code|csrf/i;

for (const form of document.querySelectorAll('form[data-draft]')) {
  const key = `draft:${form.dataset.draft}`;
  restore(form, key);
  form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(typed(form))));
  form.addEventListener('submit', () => sessionStorage.setItem(`${key}:sent`, location.pathname));
}

// A page that is not the form's own again took what was sent.
for (const key of Object.keys(sessionStorage)) {
  const [, name, sent] = key.split(':');
  if (sent !== 'sent' || isLogIn() || drafted(name)) continue;
  sessionStorage.removeItem(key);
  sessionStorage.removeItem(`draft:${name}`);
}

function restore(form, key) {
  for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem(key) ?? '{}'))) {
    const field = form.elements.namedItem(name);
    if (field?.length && !field.options) field.value = value;
    else if (field?.type === 'checkbox') field.checked = value === 'on';
    else if (field && !field.value) field.value = value;
  }
}

function typed(form) {
  return Object.fromEntries(
    [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !isSecret(form, name)),
  );
}

function isSecret(form, name) {
  return SECRET.test(name) || form.elements.namedItem(name)?.type === 'password';
}

function isLogIn() {
  return location.pathname.endsWith('/session/new');
}

function drafted(name) {
  return [...document.querySelectorAll('form[data-draft]')].some((form) => form.dataset.draft === name);
}
