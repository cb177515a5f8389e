-- A line is found by the number that it had before another came over to it: the task that brought it about keeps it.
create index operator_task_former_number_idx on operator_task (reverse(details ->> 'number') collate "C")
  where kind = 'port' and state = 'done';
