// Runs before the page is drawn: Tabler's dark colours hang on an attribute, which the system's wish has to set.
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

function follow() {
  root.dataset.bsTheme = root.dataset.theme ?? (dark.matches ? 'dark' : 'light');
}

follow();
dark.addEventListener('change', follow);
