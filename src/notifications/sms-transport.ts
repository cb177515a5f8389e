export interface Sms {
  /** The message's own id: a transport asked twice for one id sends once, as far as its gateway lets it. */
  id: string;
  to: string;
  text: string;
}

/** The way out to a gateway. A refusal or an outage throws; the message is tried again. */
export abstract class SmsTransport {
  abstract send(sms: Sms): Promise<'sent'>;
}

/** Thrown where trying again cannot help: the message fails at once. */
export class NoWayOut extends Error {}
