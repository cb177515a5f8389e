/** `{{t (join 'cards:state.' card.state)}}`: the pieces in one word */
export function join(...pieces: unknown[]): string {
  return pieces.slice(0, -1).join('');
}
