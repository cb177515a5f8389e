// What is no sum is said at its own field.
import { kopecksOf } from './figures.js';

const isWrong = ({ value }) => kopecksOf(value) === null;

/** Marks the fields that hold no sum and returns the first of them. */
export function markWrong(fields) {
  for (const field of fields) mark(field, isWrong(field));
  return fields.find(isWrong) ?? null;
}

/** While somebody types, what has been mended is marked no longer; nothing is marked before they are done. */
export function unmarkMended(fields) {
  for (const field of fields) if (!isWrong(field)) mark(field, false);
}

function mark(field, wrong) {
  const message = document.getElementById(`${field.id}-error`);
  message.hidden = !wrong;
  if (wrong) {
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', message.id);
  } else {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
}
