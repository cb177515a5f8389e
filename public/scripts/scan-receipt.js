// «Забыли карту?»: reads the QR code of a receipt off the camera.
import { scan } from './parts/camera.js';

const RECEIPT = /^t=\d{8}T\d{4}(\d\d)?&s=\d+\.\d\d&fn=\d+&i=\d+&fp=\d+&n=\d$/;
const place = document.querySelector('[data-receipt-scan]');

if (place && navigator.mediaDevices?.getUserMedia) offerCamera(place);

function offerCamera(area) {
  const part = (name) => area.querySelector(`[data-receipt-${name}]`);
  const [view, start, stop, status] = ['view', 'start', 'stop', 'status'].map(part);
  let search = null;
  area.hidden = false;
  start.addEventListener('click', () => void open());
  stop.addEventListener('click', close);
  // Who leaves the page leaves no camera running.
  window.addEventListener('pagehide', close);
  view.addEventListener('playing', () => {
    view.hidden = stop.hidden = false;
    say('looking');
  });

  async function open() {
    say('starting');
    start.hidden = true;
    search = new AbortController();
    try {
      const text = await scan(view, {
        ...{ scanner: area.dataset.scanner, formats: ['qr_code'], signal: search.signal },
        fits: (seen) => RECEIPT.test(seen),
        others: () => say('foreign'),
      });
      if (text !== null) take(text);
    } catch (error) {
      close();
      say(error?.name === 'NotAllowedError' ? 'denied' : 'missing');
    }
  }

  function close() {
    search?.abort();
    view.hidden = stop.hidden = true;
    start.hidden = false;
    status.textContent = '';
  }

  function take(text) {
    close();
    say('found');
    const form = document.querySelector('[data-receipt-form]');
    form.elements.namedItem('qr').value = text;
    form.requestSubmit();
  }

  function say(what) {
    status.textContent = area.dataset[what];
  }
}
