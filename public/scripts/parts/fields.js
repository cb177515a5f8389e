// Small kindnesses of fields: show the password, warn of Caps Lock and of the wrong layout, send a code once it is whole.
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-reveal]');
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === 'text';
  input.type = shown ? 'password' : 'text';
  button.setAttribute('aria-pressed', String(!shown));
  input.focus();
});

document.addEventListener('keyup', (event) => {
  if (!event.target.matches?.('input[data-password]')) return;
  const { dataset, value } = event.target;
  const words = [];
  if (event.getModifierState?.('CapsLock')) words.push(dataset.capsLock);
  if (/[а-яё]/i.test(value) && event.target.type === 'password') words.push(dataset.wrongLayout);
  document.getElementById(dataset.password).textContent = words.join('. ');
});

document.addEventListener('input', ({ target }) => {
  if (!target.matches('input[data-code]')) return;
  const digits = target.value.replace(/\D/g, '');
  if (digits.length === Number(target.dataset.code)) target.form.requestSubmit();
});

// «Отправить ещё раз» wakes up when its seconds are over.
for (const button of document.querySelectorAll('[data-wait-seconds]')) {
  const label = button.textContent;
  const until = Date.now() + Number(button.dataset.waitSeconds) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${label.trim()} · ${left}` : label;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}

const problem = document.querySelector('[data-problems], [aria-invalid="true"]');
problem?.focus();
