export interface Email {
  /** The message's own id: it makes the Message-ID, by which mailboxes drop what comes twice. */
  id: string;
  to: string;
  subject: string;
  text: string;
  /** One click leaves the topic (RFC 8058). */
  unsubscribeUrl: string | null;
}

/** The way out to a mail server. A refusal or an outage throws; the message is tried again, unless it is NoWayOut. */
export abstract class EmailTransport {
  abstract send(email: Email): Promise<void>;
}
