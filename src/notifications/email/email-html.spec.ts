import { emailHtml } from './email-html.js';

describe('a mail as HTML', () => {
  it('has its paragraphs, and links where an address stands alone', () => {
    expect(emailHtml('Здравствуйте!\n\nОткройте:\nhttps://card.example/mail/confirm/a_b?x=1&y=2')).toBe(
      '<!doctype html>\n<html><body>\n<p>Здравствуйте!</p>\n<p>Открой' +
        'те:<br>\n<a href="https://card.example/mail/confirm/a_b?x=1&amp;y=2">https://card.example/mail/confirm/a_b?x=1&amp;y=2</a></p>\n</body></html>\n',
    );
  });

  it('lets nothing through that somebody typed', () => {
    const html = emailHtml('<script>alert(1)</script>\nhttps://card.example/"onclick="x');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('"onclick');
  });
});
