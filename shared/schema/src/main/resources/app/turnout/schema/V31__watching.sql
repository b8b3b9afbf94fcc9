-- What caused a message, and more of what can be watched from outside.

-- X-Ray's header of the request, schedule or message that wrote it: the relay works for that trace,
-- and hands it on to the queue that the message goes to.
alter table outbox_messages
  add column trace_header text,
  add constraint outbox_messages_trace_header check (length(trace_header) <= 200);
comment on column outbox_messages.trace_header is 'of what caused it, as X-Ray has it: Root=…;Parent=…;Sampled=…';

-- Dates that run now, in the few that do; those of the past are many.
create index occurrences_active on occurrences (id) where status = 'active';

-- As before, and: what is going on, how much is stored, and how the database fares. Rows are
-- PostgreSQL's own estimates: counting them takes longer than a scrape may.
create or replace function operations_figures(p_now timestamptz)
  returns table (name text, kind text, figure double precision)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with open_messages as (
    select o.kind, count(*) as messages, sum(o.attempts) as attempts,
           count(*) filter (where o.next_attempt_at <= p_now) as due,
           min(o.next_attempt_at) filter (where o.next_attempt_at <= p_now) as oldest_due
    from outbox_messages o
    where o.sent_at is null
      and o.dead_at is null
    group by o.kind),
  sent_messages as (
    select o.kind, count(*) as messages,
           max(extract(epoch from o.sent_at - o.created_at)) as slowest
    from outbox_messages o
    where o.sent_at > p_now - interval '5 minutes'
      and o.sent_at <= p_now
    group by o.kind),
  active as materialized (
    select o.id
    from occurrences o
    where o.status = 'active'),
  stored as (
    select coalesce(pg_partition_root(c.oid), c.oid) as root,
           pg_total_relation_size(c.oid) as bytes, greatest(c.reltuples, 0) as rows,
           s.n_dead_tup as dead
    from pg_class c
    join pg_stat_user_tables s on s.relid = c.oid
    where s.schemaname = 'public'
      and c.relkind = 'r'),
  tables as (
    select r.relname as table_name, sum(s.bytes) as bytes, sum(s.rows) as rows, sum(s.dead) as dead
    from stored s
    join pg_class r on r.oid = s.root
    group by r.relname)
  select f.name, m.kind, f.figure
  from open_messages m
  cross join lateral (values
    ('outbox_open_messages', m.messages::double precision),
    ('outbox_due_messages', m.due),
    ('outbox_open_attempts', m.attempts)) f (name, figure)
  union all
  select 'outbox_oldest_due_age_seconds', null,
         coalesce(extract(epoch from p_now - min(oldest_due)), 0)
  from open_messages
  union all
  select 'outbox_dead_messages', o.kind, count(*)
  from outbox_messages o
  where o.dead_at is not null
  group by o.kind
  union all
  select f.name, m.kind, f.figure
  from sent_messages m
  cross join lateral (values
    ('outbox_sent_messages', m.messages::double precision),
    ('outbox_slowest_delivery_seconds', m.slowest)) f (name, figure)
  union all
  select 'pings_without_partition', null, count_pings_without_partition()
  union all
  select 'latest_ping_age_seconds', null, extract(epoch from p_now - max(p.received_at))
  from latest_positions p
  where p.received_at > p_now - interval '1 hour'
  having max(p.received_at) is not null
  union all
  select 'participants_located', null, count(*)
  from latest_positions p
  where p.received_at > p_now - interval '5 minutes'
  union all
  select 'dates_active', null, count(*)
  from active
  union all
  select 'participants_of_active_dates', p.status, count(*)
  from participants p
  where p.occurrence_id in (select id from active)
  group by p.status
  union all
  select 'erasures_unfinished', null, count(*)
  from erasures e
  where e.began_at is not null
    and e.completed_at is null
  union all
  select f.name, t.table_name, f.figure
  from tables t
  cross join lateral (values
    ('table_bytes', t.bytes::double precision),
    ('table_rows', t.rows),
    ('table_dead_rows', t.dead)) f (name, figure)
  union all
  select f.name, null, f.figure
  from pg_stat_database d
  cross join lateral (values
    ('database_connections', d.numbackends::double precision),
    ('database_bytes', pg_database_size(d.datid)),
    ('database_transactions_total', d.xact_commit + d.xact_rollback),
    ('database_deadlocks_total', d.deadlocks)) f (name, figure)
  where d.datname = current_database()
  union all
  select 'database_connections_allowed', null, current_setting('max_connections')::double precision;
end;
