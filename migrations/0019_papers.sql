-- Papers: templates that staff edit, each change a new version, and what was issued from them, which stays as it was.

create table paper_template (
  id uuid primary key,
  kind text not null check (kind in ('contract', 'act', 'instruction')),
  version integer not null check (version > 0),
  title text not null check (length(btrim(title)) between 1 and 120),
  body text not null check (length(btrim(body)) between 1 and 20000),
  created_by uuid references staff,
  created_at timestamptz not null,
  unique (kind, version)
);
create trigger paper_template_append_only before update or delete on paper_template for each row execute function forbid_change();
create trigger paper_template_no_truncate before truncate on paper_template for each statement execute function forbid_change();

create table paper (
  id uuid primary key,
  -- What people call it by.
  serial bigint not null generated always as identity unique,
  template_id uuid not null references paper_template,
  kind text not null check (kind in ('contract', 'act', 'instruction')),
  title text not null,
  -- What it is about: an order. The room on the right keeps its own books.
  subject_id uuid not null,
  -- Whose it is, once that is known: then it stands in their cabinet.
  customer_id uuid references customer,
  pdf bytea not null check (octet_length(pdf) between 1 and 5242880),
  sha256 bytea not null check (octet_length(sha256) = 32),
  issued_by uuid references staff,
  issued_at timestamptz not null
);
create index paper_subject_idx on paper (subject_id, serial);
create index paper_customer_idx on paper (customer_id, serial) where customer_id is not null;

-- A paper that was issued stays as it is; all that may follow is whose it is.
create function keep_paper() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.customer_id is null or new.customer_id is not null)
     and to_jsonb(new) - 'customer_id' = to_jsonb(old) - 'customer_id' then
    return new;
  end if;
  raise exception 'an issued paper stays as it is' using errcode = 'restrict_violation';
end $$;
create trigger paper_keep before update or delete on paper for each row execute function keep_paper();
create trigger paper_no_truncate before truncate on paper for each statement execute function forbid_change();

insert into paper_template (id, kind, version, title, body, created_at) values
('0190a000-0000-7000-8000-000000000101', 'contract', 1, 'Договор об оказании услуг связи', $paper$
# Договор об оказании услуг связи № {{paper.number}}
от {{paper.date}}
{{brand.legalName}}, ИНН {{brand.inn}}, ОГРН {{brand.ogrn}}, адрес: {{brand.address}} (далее — Исполнитель), и {{customer.name}} (далее — Абонент) договорились о следующем.
## 1. О чём договор
Исполнитель передаёт Абоненту SIM-карту оператора {{operator.name}} и обслуживает номер на тарифе, указанном ниже. Услуги связи оказывает оператор по своим правилам.
Номер | {{line.number}}
Оператор | {{operator.name}}
Тариф | {{tariff.name}}
Абонентская плата | {{tariff.price}}
В тариф входит | {{tariff.packages}}
Особые условия | {{tariff.conditions}}
SIM-карта | {{sim.kind}}
Заявка | {{order.number}}
## 2. Абонент
Имя или название | {{customer.name}}
Организация | {{customer.company}}
Документ |
Контактный телефон | {{customer.phone}}
Электронная почта | {{customer.email}}
Адрес | {{customer.address}}
## 3. Оплата
- Абонентская плата списывается с лицевого счёта по условиям тарифа.
- Баланс и списания видны в личном кабинете в любое время.
- Тариф не меняется без согласия Абонента; о новых условиях Исполнитель предупреждает не позднее чем за 10 дней.
## 4. Номер
- Номер оформляется по документу, удостоверяющему личность; за организацию — по доверенности.
- Абонент вправе отказаться от номера или перенести его к другому оператору.
- Если номером будет пользоваться сотрудник организации, сведения о нём вносятся через Госуслуги до начала пользования.
## 5. Персональные данные
Исполнитель обрабатывает данные Абонента, чтобы выполнить этот договор, и передаёт оператору то, что нужно для подключения.
## 6. Связь с нами
Телефон | {{brand.phone}}
Личный кабинет | {{cabinet.address}}
[signatures]
$paper$, now()),
('0190a000-0000-7000-8000-000000000102', 'act', 1, 'Акт передачи SIM-карты', $paper$
# Акт передачи SIM-карты № {{paper.number}}
от {{paper.date}}
{{brand.legalName}} передаёт, а {{customer.name}} принимает SIM-карту.
Номер | {{line.number}}
Оператор | {{operator.name}}
Тариф | {{tariff.name}}
SIM-карта | {{sim.kind}}
Заявка | {{order.number}}
Контактный телефон | {{customer.phone}}
Упаковка SIM-карты при передаче не вскрыта, повреждений нет. Стороны претензий друг к другу не имеют.
[signatures]
$paper$, now()),
('0190a000-0000-7000-8000-000000000103', 'instruction', 1, 'Как начать пользоваться номером', $paper$
# Ваш новый номер {{line.number}}
{{customer.name}}, спасибо, что выбрали нас. Всё нужное — на этом листе.
Оператор | {{operator.name}}
Тариф | {{tariff.name}}
Абонентская плата | {{tariff.price}}
В тариф входит | {{tariff.packages}}
## Первые шаги
- Выключите телефон, вставьте SIM-карту и включите его снова.
- Дождитесь сети: номер включается в течение часа после передачи.
- Если интернет не появился сам, включите «Передачу данных» в настройках.
## Личный кабинет
[cabinet]
## Если что-то не так
Позвоните нам: {{brand.phone}}. Поможем с настройкой, тарифом и оплатой.
$paper$, now());
