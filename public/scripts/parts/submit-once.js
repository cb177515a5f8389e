// A second press while a form is under way sends nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.hasAttribute('hx-post')) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = 'true';
});

// Back in the history the form is as good as new.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
});
