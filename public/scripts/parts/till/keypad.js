// Big digits for a thumb; they type into the sum that was touched last.
const ERASE = 'erase';
const KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', ',', '0', ERASE];

export function keypad(place, inputs) {
  let current = inputs[0];
  for (const input of inputs) {
    // The device's own keyboard would cover the screen; one that is plugged in works all the same.
    if (matchMedia('(pointer: coarse)').matches) input.setAttribute('inputmode', 'none');
    input.addEventListener('focus', () => (current = input));
  }
  place.append(...KEYS.map((key) => button(key, place, () => type(current, key))));
}

function button(key, place, press) {
  const made = document.createElement('button');
  made.type = 'button';
  if (key === ERASE) made.append(place.querySelector('template').content.cloneNode(true));
  else made.textContent = key;
  if (key === ERASE) made.setAttribute('aria-label', place.dataset.back);
  if (key === ',') made.setAttribute('aria-label', place.dataset.comma);
  // The field keeps the focus.
  made.addEventListener('pointerdown', (event) => event.preventDefault());
  made.addEventListener('click', press);
  return made;
}

function type(input, key) {
  const { value } = input;
  const next = key === ERASE ? value.slice(0, -1) : value + key;
  if (!/^\d{0,7}(,\d{0,2})?$/.test(next.replace('.', ','))) return;
  Object.assign(input, { value: next });
  if (document.activeElement !== input) input.focus();
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
