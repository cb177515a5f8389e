import { faultOf, fieldsOf, filledIn } from './order-sms-text.js';

const VALUES = { number: '10012', name: 'Ирина', tariff: 'Без переплат', office: 'Псков', link: 'https://a.ru/o' };

it.each([
  ['{имя}, заявка № { Номер  заявки } на «{тариф}»: {офис} {ссылка}', null],
  ['без полей', null],
  ['{имяя}, здравствуйте', { code: 'order_sms_field', text: '{имяя}' }],
  ['{} и всё', { code: 'order_sms_field', text: '{}' }],
  ['{имя, здравствуйте', { code: 'order_sms_braces', text: '{имя, здравствуйте' }],
  ['имя}', { code: 'order_sms_braces', text: '}' }],
  ['{{имя}}', { code: 'order_sms_braces', text: '{}' }],
])('reads %j', (body, fault) => {
  expect(faultOf(body)).toEqual(fault);
});

it('fills in what an order says', () => {
  expect(filledIn('{имя}, № {НОМЕР ЗАЯВКИ}: {офис}', VALUES)).toBe('Ирина, № 10012: Псков');
});

it('takes what a customer typed for a word', () => {
  expect(filledIn('{имя}: {тариф}', { ...VALUES, name: '{ссылка} $&' })).toBe('{ссылка} $&: Без переплат');
});

it('knows which fields are there', () => {
  expect(fieldsOf('{офис}, {имя} и снова {офис}')).toEqual(new Set(['office', 'name']));
});
