// Reads a code with the camera: by the browser's own reader where it has one, else by one of ours, fetched when needed.

const FORMATS = ['ean_13', 'qr_code'];
const LOOK_EVERY_MS = 120;

/** The first code that the camera sees and `fits`, or null once `signal` ends the search. Throws where there is no camera. */
export async function scan(video, { scanner, fits, signal }) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  try {
    Object.assign(video, { srcObject: stream });
    const [detector] = await Promise.all([detectorFrom(scanner), video.play()]);
    while (!signal.aborted) {
      const codes = await detector.detect(video).catch(() => []);
      const found = codes.map(({ rawValue }) => rawValue).find(fits);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    Object.assign(video, { srcObject: null });
  }
}

async function detectorFrom(scanner) {
  const own = window.BarcodeDetector;
  const known = own ? await own.getSupportedFormats().catch(() => []) : [];
  if (FORMATS.every((format) => known.includes(format))) return new own({ formats: FORMATS });
  const { codeReader } = await import(scanner);
  return codeReader(FORMATS);
}
