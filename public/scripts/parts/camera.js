// Reads codes with the camera: by the browser's own reader where it has one, else by one of ours, fetched when needed.

const LOOK_EVERY_MS = 120;

/**
 * The text of the first code that the camera sees and `fits`, or null once `signal` ends the search; `others` hears of
 * codes that do not. `scanner` is the address of our own reader. Throws where there is no camera.
 */
export async function scan(video, { scanner, formats, fits, signal, others = () => {} }) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  try {
    Object.assign(video, { srcObject: stream });
    const [reader] = await Promise.all([readerOf(formats, scanner), video.play()]);
    while (!signal.aborted) {
      const texts = (await reader.detect(video).catch(() => [])).map(({ rawValue }) => rawValue);
      const found = texts.find(fits);
      if (found !== undefined && !signal.aborted) return found;
      if (texts.length > 0) others();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    Object.assign(video, { srcObject: null });
  }
}

async function readerOf(formats, scanner) {
  const own = window.BarcodeDetector;
  const known = own ? await own.getSupportedFormats().catch(() => []) : [];
  if (formats.every((format) => known.includes(format))) return new own({ formats });
  const { codeReader } = await import(scanner);
  return codeReader(formats);
}
