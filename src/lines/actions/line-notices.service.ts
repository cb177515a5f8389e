import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { formatPhone } from '../../shared/phone.js';
import { dayWords } from '../../tariffs/words/tariff-words.js';
import type { StoredTask, TaskDetails } from '../../tasks/operator-task.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';

const TOLD = ['change_tariff', 'suspend', 'resume', 'port'] as const;

/** The customer, or the company's contact, hears by SMS what an operator has done with their number; by day alone. */
@Injectable()
export class LineNotices implements OnModuleInit {
  constructor(
    private readonly tasks: OperatorTasks,
    private readonly messages: Messages,
  ) {}

  onModuleInit(): void {
    for (const kind of TOLD) this.tasks.handle(kind, { done: (sql, task) => this.tell(sql, task) });
  }

  /** In the transaction of the task's end; whoever ends it rings. */
  private async tell(sql: Sql, { line_id, details }: StoredTask): Promise<void> {
    const [owner] = await sql.query<{ language: Language; phone: string }>(
      `select c.language, g.phone from line l join customer c on c.id = l.customer_id
       join login g on g.id = c.id and g.disabled_at is null where l.id = $1`,
      [line_id],
    );
    const words = owner && wordsOf(details, owner.language);
    if (!owner || !words) return;
    // The number that was the contact has just gone: its successor is on the same card.
    const to = details.kind === 'port' && owner.phone === details.number ? details.ported : owner.phone;
    await this.messages.sendSms(sql, { to, text: words, secret: false, urgent: false });
  }
}

function wordsOf(details: TaskDetails, language: Language): string | null {
  const number = formatPhone(details.number);
  const say = (key: string, params: Record<string, string> = {}): string =>
    text(language, `line-actions:sms.${key}`, { number, ...params }).replaceAll('\u00a0', ' ');
  switch (details.kind) {
    case 'change_tariff':
      return say('change_tariff', { tariff: details.tariff });
    case 'suspend':
      return details.through ? say('suspend_through', { day: dayWords(details.through, language) }) : say('suspend');
    case 'resume':
      return say('resume');
    case 'port':
      return say('port', { ported: formatPhone(details.ported) });
    default:
      return null;
  }
}
