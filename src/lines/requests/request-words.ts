import { dayOf, type DateOptions, formatDateTime, formatTime } from '../../infra/i18n/format.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { formatPhone } from '../../shared/phone.js';
import { dayWords } from '../../tariffs/words/tariff-words.js';
import type { TaskDetails } from '../../tasks/operator-task.js';
import type { LineRequest } from './request.queries.js';

type Told = Pick<LineRequest, 'state' | 'operator' | 'created_at' | 'sent_at' | 'closed_at'>;

/** `Смена тарифа на «Супер», с 1 декабря 2026` */
export function requestWords(details: TaskDetails, language: Language): string {
  const about = (key: string, words: Record<string, string> = {}): string =>
    text(language, `line-actions:requests.${key}`, words);
  switch (details.kind) {
    case 'change_tariff': {
      const { tariff, from } = details;
      return from
        ? about('change_tariff_from', { tariff, day: dayWords(from, language) })
        : about('change_tariff', { tariff });
    }
    case 'suspend':
      return details.through
        ? about('suspend_through', { day: dayWords(details.through, language) })
        : about('suspend');
    case 'port': {
      // Erased with its owner's data.
      if (!details.ported) return about('port_erased');
      const number = formatPhone(details.ported);
      const former = formatPhone(details.number);
      return about('port', { former, number, donor: details.donor, day: dayWords(details.from, language) });
    }
    default:
      return about(details.kind);
  }
}

/**
 * «отправлено в МегаФон 14:02», «готово 14:40»: what is of today, or of the same day as what stands before it, has its time
 * alone.
 */
export function stepsInWords(request: Told, options: DateOptions): string[] {
  const { state, operator, created_at, sent_at, closed_at } = request;
  const steps: [name: string, at: Date][] = [
    sent_at ? ['sent', new Date(sent_at)] : [closed_at ? 'accepted' : 'waiting', new Date(created_at)],
    ...(closed_at ? [[state, new Date(closed_at)] as [string, Date]] : []),
  ];
  let shownDay = dayOf(options.now, options.zone);
  return steps.map(([name, at]) => {
    const day = dayOf(at, options.zone);
    const when = day === shownDay ? formatTime(at, options) : formatDateTime(at, options);
    shownDay = day;
    return text(options.language, `line-actions:steps.${name}`, { operator, at: when });
  });
}
