// A second press while a form is under way sends nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  // A download leaves the page where it is, so there is a next press.
  if (form.hasAttribute('hx-post') || 'repeatable' in form.dataset) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = 'true';
});

// Back in the history the form is as good as new.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
});
