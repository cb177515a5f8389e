// What is printed: 32 columns and in Russian, as the till's API gives its lines.
const WIDTH = 32;
const figure = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function slipText({ brand, station, number, at, timeZone, toPay, lines }) {
  const when = new Intl.DateTimeFormat('ru-RU', {
    ...{ timeZone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(at));
  const rule = '-'.repeat(WIDTH);
  return [
    centre(brand),
    centre(station),
    rule,
    `Чек ${number}`,
    when.replace(',', ''),
    rule,
    row('К оплате', figure.format(Number(toPay))),
    ...lines,
  ].join('\n');
}

function centre(text) {
  const cut = text.slice(0, WIDTH);
  return ' '.repeat(Math.floor((WIDTH - cut.length) / 2)) + cut;
}

function row(name, value) {
  const plain = value.replace(/\s/g, ' ');
  return name + plain.padStart(WIDTH - name.length);
}
