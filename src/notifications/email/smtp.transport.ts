import { createTransport, type Transporter } from 'nodemailer';
import { NoWayOut } from '../sms-transport.js';
import { type Email, EmailTransport } from './email-transport.js';
import { emailHtml } from './email-html.js';

export interface SmtpSettings {
  /** `smtps://user:password@mail.example.ru`; it never reaches a log. */
  url: string;
  /** `Name <address>` */
  from: string;
}

/** Together shorter than the outbox waits before it rings again. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 20_000 };

/** A mail server over SMTP. */
export class SmtpTransport extends EmailTransport {
  private readonly server: Pick<Transporter, 'sendMail'>;
  private readonly domain: string;

  constructor(private readonly settings: SmtpSettings) {
    super();
    this.server = createTransport({ url: settings.url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
    this.domain = /@([^\s@>]+)>?$/.exec(settings.from)?.[1] ?? 'localhost';
  }

  async send({ id, to, subject, text, unsubscribeUrl }: Email): Promise<void> {
    // A list, a name or a second line is no address of one person; the library would understand them.
    if (/[\s,;<>"()]/.test(to)) throw new NoWayOut('not the address of one person');
    try {
      await this.server.sendMail({
        from: this.settings.from,
        to: { name: '', address: to },
        subject: subject.replace(/\s+/g, ' '),
        text,
        html: emailHtml(text),
        messageId: `<${id}@${this.domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribeUrl && unsubscribeHeaders(unsubscribeUrl)) },
      });
    } catch (error) {
      throw failureOf(error);
    }
  }
}

function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** What the server said about this mail: 5xx is its last word. What it says at the log-in is about us, and may be mended. */
function failureOf(error: unknown): Error {
  const { code = 'unknown', responseCode = 0, command = '' } = error as SMTPError;
  // Neither the address nor the server's words, which quote it.
  const words = `mail server: ${[code, command, responseCode || ''].filter(Boolean).join(' ')}`;
  const final = responseCode >= 500 && ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command);
  return final ? new NoWayOut(words) : new Error(words);
}

interface SMTPError {
  code?: string;
  responseCode?: number;
  command?: string;
}
