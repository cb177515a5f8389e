/** Colours as the eye compares them: OKLCH to change them, WCAG 2 to measure contrast. */
type Rgb = [number, number, number];

/** WCAG contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour made just so much lighter or darker that it reads on the ground. */
export function readableOn(ground: string, colour: string, ratio: number): string {
  const towards = luminance(ground) > 0.2 ? -1 : 1;
  const { lightness, chroma, hue } = toOklch(colour);
  let at = lightness;
  let candidate = colour;
  while (contrast(candidate, ground) < ratio && at > 0 && at < 1) {
    at += towards * 0.005;
    candidate = fromOklch(at, chroma, hue);
  }
  return candidate;
}

/** The same hue at another lightness (0 to 1) and with its chroma scaled. */
export function shade(colour: string, lightness: number, chromaScale = 1): string {
  const { chroma, hue } = toOklch(colour);
  return fromOklch(lightness, chroma * chromaScale, hue);
}

/** Whichever of the two reads better on the ground. */
export function inkOn(ground: string, light: string, dark: string): string {
  return contrast(ground, light) >= 4.5 || contrast(ground, light) >= contrast(ground, dark) ? light : dark;
}

function luminance(colour: string): number {
  const [red, green, blue] = toLinear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toLinear(colour: string): Rgb {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function toOklch(colour: string): { lightness: number; chroma: number; hue: number } {
  const [red, green, blue] = toLinear(colour);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  };
}

/** Chroma is taken back until the colour is one that screens can show. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  let rgb = linearRgb(lightness, chroma, hue);
  for (let less = chroma; less > 0 && rgb.some((value) => value < -0.0005 || value > 1.0005); less -= 0.004) {
    rgb = linearRgb(lightness, less, hue);
  }
  return `#${rgb.map(toHex).join('')}`;
}

function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toHex(linear: number): string {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.max(linear, 0) ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, value)) * 255)
    .toString(16)
    .padStart(2, '0');
}
