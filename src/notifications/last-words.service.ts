import { Injectable } from '@nestjs/common';

export interface Words {
  /** Of mails. */
  subject: string | null;
  text: string;
}

export type Compose = (messageId: string) => Promise<Words | null>;

/**
 * Words of messages that may wait: they are found when the message leaves, so that it says what is true then. Null
 * where there is nothing to say any more, and the message is dropped.
 */
@Injectable()
export class LastWords {
  private readonly composers = new Map<string, Compose>();

  /** Says, at start, who finds the words of a topic. */
  on(topic: string, compose: Compose): void {
    if (this.composers.has(topic)) throw new Error(`two rooms have words for “${topic}”`);
    this.composers.set(topic, compose);
  }

  find(topic: string, messageId: string): Promise<Words | null> {
    const compose = this.composers.get(topic);
    if (!compose) throw new Error(`nobody has words for “${topic}”`);
    return compose(messageId);
  }
}
