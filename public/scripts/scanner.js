// ZXing for browsers that read no codes themselves; its WebAssembly comes from beside this file.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import reader from 'zxing-wasm/reader/zxing_reader.wasm';

prepareZXingModule({ overrides: { locateFile: () => new URL(reader, import.meta.url).href } });

export function codeReader(formats) {
  return new BarcodeDetector({ formats });
}
