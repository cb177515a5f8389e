export interface Device {
  /** Keys of the words for them (`sessions:browsers`, `sessions:systems`). */
  browser: string;
  system: string;
}

/** The first that fits: every browser of today also names those it is like. */
const BROWSERS: readonly [string, RegExp][] = [
  ['yandex', /YaBrowser|YaApp/],
  ['edge', /Edg(e|A|iOS)?\//],
  ['opera', /OPR\/|Opera/],
  ['samsung', /SamsungBrowser/],
  ['mi', /MiuiBrowser/],
  ['firefox', /Firefox|FxiOS/],
  ['chrome', /Chrome|CriOS/],
  ['safari', /Safari/],
];
const SYSTEMS: readonly [string, RegExp][] = [
  ['iphone', /iPhone/],
  ['ipad', /iPad/],
  ['android', /Android/],
  ['windows', /Windows/],
  ['mac', /Macintosh|Mac OS X/],
  ['linux', /Linux|CrOS/],
];

/** What a browser says of itself, in two words; versions and models are nobody's business. */
export function readDevice(userAgent: string | undefined): Device {
  const first = (known: readonly [string, RegExp][]): string =>
    known.find(([, sign]) => sign.test(userAgent ?? ''))?.[0] ?? 'other';
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
