// A minute before a session ends the page says so and offers to stay. Tabs tell each other of signs of life.
const WARN_MS = 60_000;
const dialog = document.querySelector('dialog[data-session-seconds]');

if (dialog) watch(dialog);

function watch(dialog) {
  const idleMs = Number(dialog.dataset.sessionSeconds) * 1000;
  const key = dialog.dataset.sessionKind;
  const tabs = new BroadcastChannel(`session-${key}`);
  let ends = Date.now() + idleMs;

  const prolong = (until) => {
    if (until <= ends) return;
    ends = until;
    if (dialog.open) dialog.close();
  };

  // What htmx asked for was a sign of life too.
  document.addEventListener('htmx:after:request', () => {
    prolong(Date.now() + idleMs);
    tabs.postMessage(ends);
  });

  tabs.onmessage = ({ data }) => (data === 'over' ? leave(dialog) : prolong(Number(data)));
  tabs.postMessage(ends);

  dialog.querySelector('[data-stay]').addEventListener('click', async () => {
    const left = await stay(dialog);
    if (left === null) return leave(dialog);
    prolong(Date.now() + left);
    tabs.postMessage(ends);
  });

  // A sleeping tab's timers stand still: every tick looks at the clock anew.
  setInterval(() => {
    const left = ends - Date.now();
    if (left > WARN_MS) return;
    if (left <= 0) return leave(dialog);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('[data-countdown]').textContent = clock(left);
  }, 1000);
}

/** Milliseconds until the new end, or null where the session is over already. */
async function stay(dialog) {
  const headers = { 'x-csrf-token': dialog.dataset.csrf };
  const answer = await fetch(dialog.dataset.stayPath, { method: 'POST', headers }).catch(() => null);
  return answer?.ok ? Number(answer.headers.get('session-seconds')) * 1000 : null;
}

function leave(dialog) {
  location.assign(dialog.dataset.overPath);
}

function clock(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
