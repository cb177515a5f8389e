const ADDRESS = /^https?:\/\/\S+$/;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * The same words for programs that show HTML: paragraphs, and an address that stands on a line of its own as a link.
 * Mail programs know no style sheets of ours, so it stays plain and readable in light and dark.
 */
export function emailHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${part.split('\n').map(line).join('<br>\n')}</p>`);
  return `<!doctype html>\n<html><body>\n${paragraphs.join('\n')}\n</body></html>\n`;
}

function line(words: string): string {
  const safe = words.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
  return ADDRESS.test(words) ? `<a href="${safe}">${safe}</a>` : safe;
}
