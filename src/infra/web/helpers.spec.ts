import hbs from 'hbs';
import { helpers } from './helpers.js';

const { handlebars } = hbs;
const locals = {
  lang: 'ru',
  zone: 'Europe/Moscow',
  now: new Date('2026-11-23T09:00:00Z'),
  at: new Date('2026-11-22T09:15:00Z'),
  csrfToken: () => 'a"b',
};

beforeAll(() => handlebars.registerHelper(helpers as never));
afterAll(() => {
  for (const name of Object.keys(helpers)) handlebars.unregisterHelper(name);
});

function rendered(template: string, model: object = {}): string {
  return handlebars
    .compile(template)({ ...locals, ...model })
    .replaceAll('\u00a0', ' ');
}

it.each([
  ["{{t 'common:logIn'}}", 'Войти'],
  ["{{t 'common:points' count=5 amount='5'}}", '5 баллов'],
  ['{{money 125050}}', '1 250,50 ₽'],
  ['{{signedMoney -10000}}', '−100 ₽'],
  ['{{points 128450}}', '1 284,50'],
  ['{{signedPoints 2427}}', '+24,27'],
  ['{{pointsInWords 100}}', '1 балл'],
  ['{{pointsInWords 200}}', '2 балла'],
  ['{{pointsInWords 500}}', '5 баллов'],
  ['{{pointsInWords 2100}}', '21 балл'],
  ['{{pointsInWords 150}}', '1,50 балла'],
  ['{{#if (isPositive 1)}}plus{{/if}}{{#if (isPositive -1)}}minus{{/if}}', 'plus'],
  ['{{number 10000}}', '10 000'],
  ['{{date at}}', '22 ноября'],
  ['{{dateTime at}}', '22 ноября, 12:15'],
  ["{{time at zone='Asia/Vladivostok'}}", '19:15'],
  ['{{day now}}, {{day at}}', 'Сегодня, Вчера'],
  ['{{spendableThrough at}}', '22 ноября'],
  ['{{isoDate at}}', '2026-11-22T09:15:00.000Z'],
  ["{{phone '+79211234567'}}", '+7 921 123-45-67'],
  ["{{phoneLink '8 800 555-01-23'}}", 'tel:88005550123'],
  ["{{cardNumber '2990384417265'}}", '2990 3844 1726 5'],
  ["{{initials 'ирина петрова сергеевна'}}", 'ИП'],
  ["{{urlPart '/a?b=1&c'}}", '%2Fa%3Fb%3D1%26c'],
  ["{{t (join 'common:' 'logIn')}}", 'Войти'],
  ["{{#if (eq 'a' 'a')}}1{{/if}}{{#if (ne 'a' 'a')}}2{{/if}}{{#if (not '')}}3{{/if}}", '13'],
  ["{{or '' 'b' 'c'}}{{and 'a' 'b'}}", 'bb'],
  ["{{pageTitle 'Тут'}}{{title}}", 'Тут'],
  ["{{lookup (object a='1') 'a'}}", '1'],
  ["{{asset 'nothing.css'}}", '/assets/nothing.css'],
])('%s', (template, text) => {
  expect(rendered(template)).toBe(text);
});

it('speaks English where the page does', () => {
  expect(rendered('{{pointsInWords 150}}, {{dateTime at}}', { lang: 'en' })).toBe('1.50 points, 22 November, 12:15');
});

it('draws icons and hidden tokens as markup, and escapes what goes into them', () => {
  expect(rendered("{{icon 'home'}}")).toMatch(/^<svg class="icon" aria-hidden="true".*#home"\/><\/svg>$/);
  expect(rendered('{{csrf}}')).toBe('<input type="hidden" name="_csrf" value="a&quot;b">');
});

describe('a field', () => {
  const field = "{{#field 'email' value=start}}{{value}}|{{error}}|{{describedBy}}{{/field}}";

  it('starts with what the page gives', () => {
    expect(rendered(field, { start: 'anna@mail.ru', hint: 'куда' })).toBe('anna@mail.ru||email-hint');
  });

  it('keeps what was typed and says what is wrong', () => {
    const form = { values: { email: 'anna' }, errors: { email: 'Опечатка' } };
    expect(rendered(field, { start: 'anna@mail.ru', form })).toBe('anna|Опечатка|email-error');
  });
});
