/** `<a href="/language/en?back={{urlPart here}}">` */
export function urlPart(value: string): string {
  return encodeURIComponent(value);
}
