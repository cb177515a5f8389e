// What is printed: 32 columns, as the till's API gives its lines.
const WIDTH = 32;

export function slipText({ brand, station, number, at, timeZone, total, lines }) {
  const when = new Intl.DateTimeFormat('ru-RU', {
    ...{ timeZone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(at));
  const rule = '-'.repeat(WIDTH);
  return [centre(brand), centre(station), rule, number, when.replace(',', ''), rule, row(...total), ...lines].join(
    '\n',
  );
}

function centre(text) {
  const cut = text.slice(0, WIDTH);
  return ' '.repeat(Math.floor((WIDTH - cut.length) / 2)) + cut;
}

function row(name, value) {
  const plain = value.replace(/\s/g, ' ');
  return name + plain.padStart(WIDTH - name.length);
}
