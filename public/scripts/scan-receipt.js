// «Забыли карту?»: reads the QR code of a receipt off the camera. Browsers without a reader of their own get one in
// WebAssembly, from our own origin.
import { BarcodeDetector as OwnDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm';

const LOOK_EVERY_MS = 150;
/** `HTMLMediaElement.HAVE_CURRENT_DATA`: there is a picture. */
const HAS_PICTURE = 2;
const RECEIPT = /^t=\d{8}T\d{4}(\d\d)?&s=\d+\.\d\d&fn=\d+&i=\d+&fp=\d+&n=\d$/;
const place = document.querySelector('[data-receipt-scan]');

if (place && navigator.mediaDevices?.getUserMedia) offerCamera(place);

function offerCamera(scan) {
  const part = (name) => scan.querySelector(`[data-receipt-${name}]`);
  const [view, start, stop, status] = ['view', 'start', 'stop', 'status'].map(part);
  let stream = null;
  scan.hidden = false;
  start.addEventListener('click', () => void open());
  stop.addEventListener('click', close);
  // Who leaves the page leaves no camera running.
  window.addEventListener('pagehide', close);

  async function open() {
    say('starting');
    start.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      view.srcObject = stream;
      view.hidden = stop.hidden = false;
      await view.play();
      say('looking');
      await look(await detector());
    } catch (error) {
      close();
      say(error?.name === 'NotAllowedError' ? 'denied' : 'missing');
    }
  }

  function close() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = view.srcObject = null;
    view.hidden = stop.hidden = true;
    start.hidden = false;
    status.textContent = '';
  }

  async function look(reader) {
    while (stream) {
      const codes = view.readyState >= HAS_PICTURE ? await reader.detect(view) : [];
      const receipt = codes.find(({ rawValue }) => RECEIPT.test(rawValue));
      if (receipt && stream) return take(receipt.rawValue);
      if (codes.length > 0) say('foreign');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  function take(text) {
    close();
    say('found');
    const form = document.querySelector('[data-receipt-form]');
    form.elements.namedItem('qr').value = text;
    form.requestSubmit();
  }

  function say(what) {
    status.textContent = scan.dataset[what];
  }
}

async function detector() {
  const formats = ['qr_code'];
  const known = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (known.includes('qr_code')) return new globalThis.BarcodeDetector({ formats });
  const address = new URL(wasm, import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
  return new OwnDetector({ formats });
}
