-- An eSIM is no plastic: what templates say of the card is a field. Templates that somebody has rewritten stay as they are.
insert into paper_template (id, kind, version, title, body, created_at)
select ('0190a000-0000-7000-8000-00000000020' || case t.kind when 'contract' then '1' when 'act' then '2' else '3' end)::uuid,
       t.kind, 2, t.title,
       replace(replace(replace(replace(replace(t.body,
         'передаёт Абоненту SIM-карту оператора', 'передаёт Абоненту {{sim.what}} оператора'),
         '# Акт передачи SIM-карты №', '# Акт передачи №'),
         'принимает SIM-карту.', 'принимает {{sim.what}}.'),
         'Упаковка SIM-карты при передаче не вскрыта, повреждений нет.', '{{sim.condition}}'),
         'Выключите телефон, вставьте SIM-карту и включите его снова.', '{{sim.install}}'),
       now()
from paper_template t
where t.version = 1 and not exists (select from paper_template o where o.kind = t.kind and o.version > 1);
