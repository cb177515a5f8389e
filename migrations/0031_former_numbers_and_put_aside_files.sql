-- A line is found by the number that it had before another came over to it: the task that brought it about keeps it.
create index operator_task_former_number_idx on operator_task (reverse(details ->> 'number') collate "C")
  where kind = 'port' and state = 'done';

-- A file that came in and that a clerk does not want to take: it stays, and counts as gone through.
alter table operator_file add column put_aside boolean not null default false,
  add check (not put_aside or (direction = 'in' and finished_at is not null));
