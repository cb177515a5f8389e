/** Of whatever alphabet: begins with a letter, and holds letters, spaces, dots, hyphens and apostrophes. */
export const PERSON_NAME = /^\p{L}[\p{L}\p{M} .'’-]*$/u;
