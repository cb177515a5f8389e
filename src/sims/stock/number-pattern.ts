/**
 * A wish for a number as `like` reads it on the number written backwards: `??77` is `77__%`. Digits and `?` count, the rest is
 * how people group them.
 */
export function searchableNumber(pattern: string): string {
  const wished = [...pattern.replace(/[^\d?]/g, '')].slice(-10).reverse();
  return `${wished.map((letter) => (letter === '?' ? '_' : letter)).join('')}%`;
}
