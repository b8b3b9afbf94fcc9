-- What can be watched from outside: counts and ages only, of no tenant and nobody. The role of HTTP
-- functions cannot read the outbox; this it may.

-- Dead letters are few, and stay until somebody has looked.
create index outbox_messages_dead on outbox_messages (kind) where dead_at is not null;

-- Ranges of blocks, not rows: a position is rewritten at every ping, in its place.
create index latest_positions_received_at on latest_positions
  using brin (received_at) with (pages_per_range = 16);

create function operations_figures(p_now timestamptz)
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
    group by o.kind)
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
  select 'pings_without_partition', null, count_pings_without_partition()
  union all
  select 'latest_ping_age_seconds', null, extract(epoch from p_now - max(p.received_at))
  from latest_positions p
  where p.received_at > p_now - interval '1 hour'
  having max(p.received_at) is not null
  union all
  select 'erasures_unfinished', null, count(*)
  from erasures e
  where e.began_at is not null
    and e.completed_at is null
  union all
  select 'database_connections', null, d.numbackends
  from pg_stat_database d
  where d.datname = current_database()
  union all
  select 'database_connections_allowed', null, current_setting('max_connections')::double precision;
end;
revoke execute on function operations_figures(timestamptz) from public;
grant execute on function operations_figures(timestamptz) to turnout_app;
