-- Who is there, who left again, and what becomes of positions when their consent is withdrawn.

alter table arrivals add column left_at timestamptz;
comment on column arrivals.arrived_at is
  'when the first ping within the radius was recorded, of the stay that lasted';
comment on column arrivals.left_at is
  'since when they are away again; null while they are there, for all that is known';
grant update on arrivals to turnout_jobs;

alter table consents add column withdrawn_at timestamptz;
comment on column consents.withdrawn_at is
  'the last time; what was recorded or taken before a later consent is not stored any more';

-- The receipt of a withdrawal: what each area that keeps positions erased. It goes with the
-- participant.
create table consent_withdrawals (
  id uuid not null,
  organization_id uuid not null,
  participant_id uuid not null,
  withdrawn_at timestamptz not null,
  completed_at timestamptz,
  constraint consent_withdrawals_pk primary key (id),
  constraint consent_withdrawals_tenant unique (organization_id, id),
  constraint consent_withdrawals_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table consent_withdrawals is 'owner: platform.erasure';
create index consent_withdrawals_participant on consent_withdrawals (participant_id, id);

create table consent_withdrawal_steps (
  withdrawal_id uuid not null,
  organization_id uuid not null,
  area text not null,
  erased_rows jsonb not null,
  completed_at timestamptz not null,
  constraint consent_withdrawal_steps_pk primary key (withdrawal_id, area),
  constraint consent_withdrawal_steps_withdrawal_fk foreign key (organization_id, withdrawal_id)
    references consent_withdrawals (organization_id, id) on delete cascade
);
comment on table consent_withdrawal_steps is 'owner: platform.erasure';
comment on column consent_withdrawal_steps.erased_rows is 'how many, by table';

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['consent_withdrawals', 'consent_withdrawal_steps'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I to turnout_app using (organization_id = current_organization()) '
      'with check (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I to turnout_jobs using (true) with check (true)',
      tenant_table || '_jobs', tenant_table);
  end loop;
end $$;
grant select, insert on consent_withdrawals to turnout_app;
grant select on consent_withdrawal_steps to turnout_app;
grant select, update on consent_withdrawals to turnout_jobs;
grant select, insert on consent_withdrawal_steps to turnout_jobs;

-- Erases pings and their summaries wherever they lie: in every partition, compressed chunks and the
-- default one. Nobody makes, moves, drops or sums up any meanwhile, so none escapes, and no summary
-- comes back. Each participant's pings that were taken before the time of the same place; all, where
-- that is null.
create function erase_pings(p_participants uuid[], p_taken_before timestamptz[])
  returns table (pings bigint, ping_hours bigint)
  language plpgsql volatile security definer
  set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock_shared(hashtext('ping partitions'));
  if pings_are_a_hypertable() then
    -- Else it is bounded how much of what is compressed one transaction may change.
    perform set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true);
  end if;
  if exists (select from unnest(p_taken_before) as t (at) where at is not null) then
    delete from pings g
    using unnest(p_participants, p_taken_before) as e (participant_id, taken_before)
    where g.participant_id = any (p_participants)
      and g.participant_id = e.participant_id
      and (e.taken_before is null or g.received_at < e.taken_before);
  else
    -- By the segments' key alone: compressed segments go whole.
    delete from pings g where g.participant_id = any (p_participants);
  end if;
  get diagnostics pings = row_count;
  -- An hour that goes on has pings of both sides; it is summed up anew.
  delete from ping_hours h
  using unnest(p_participants, p_taken_before) as e (participant_id, taken_before)
  where h.participant_id = any (p_participants)
    and h.participant_id = e.participant_id
    and (e.taken_before is null or h.first_recorded_at < e.taken_before);
  get diagnostics ping_hours = row_count;
  return next;
end $$;

-- As before, but it waits for whoever erases.
create or replace function summarize_pings(p_from timestamptz, p_to timestamptz) returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  summarized bigint;
begin
  perform pg_advisory_xact_lock(hashtext('ping partitions'));
  insert into ping_hours as h (
    participant_id, organization_id, occurrence_id, hour, pings, first_recorded_at,
    last_recorded_at, last_latitude, last_longitude, top_speed_metres_per_second)
  select g.participant_id, g.organization_id, p.occurrence_id,
         date_trunc('hour', g.recorded_at, 'UTC') as hour,
         count(*), min(g.recorded_at), max(g.recorded_at),
         (array_agg(g.latitude order by g.recorded_at desc))[1],
         (array_agg(g.longitude order by g.recorded_at desc))[1],
         max(g.speed_metres_per_second)
  from pings g
  join participants p on p.organization_id = g.organization_id and p.id = g.participant_id
  where g.recorded_at >= p_from
    and g.recorded_at < p_to
  group by g.participant_id, g.organization_id, p.occurrence_id, hour
  order by g.participant_id, hour
  on conflict (participant_id, hour) do update
  set pings = excluded.pings,
      first_recorded_at = excluded.first_recorded_at,
      last_recorded_at = excluded.last_recorded_at,
      last_latitude = excluded.last_latitude,
      last_longitude = excluded.last_longitude,
      top_speed_metres_per_second = excluded.top_speed_metres_per_second;
  get diagnostics summarized = row_count;
  return summarized;
end $$;

-- An hour's summary stays; where somebody was in it goes with the pings, and so does the latest
-- position.
alter table ping_hours
  alter column last_latitude drop not null,
  alter column last_longitude drop not null;
comment on column ping_hours.last_latitude is 'null once the hour''s pings are dropped';
create index latest_positions_recorded_at on latest_positions
  using brin (recorded_at) with (pages_per_range = 16);

create or replace function drop_ping_partitions(p_before date) returns integer
  language plpgsql volatile security definer
  set search_path = public, pg_temp
  set lock_timeout = '5s'
as $$
declare
  before constant timestamptz := p_before::timestamp at time zone 'UTC';
  partition regclass;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('ping partitions'));
  perform summarize_pings('-infinity', before);
  update ping_hours
  set last_latitude = null, last_longitude = null
  where hour < before
    and last_latitude is not null;
  delete from latest_positions where recorded_at < before;
  if pings_are_a_hypertable() then
    select count(*) into dropped from drop_chunks('pings', older_than => before);
    return dropped;
  end if;
  for partition in
    select c.oid
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'pings'::regclass
      and c.relname ~ '^pings_\d{4}_\d\d_\d\d$'
      and to_date(c.relname, '"pings_"YYYY_MM_DD') < p_before
    order by c.relname
  loop
    execute format('drop table %s', partition);
    dropped := dropped + 1;
  end loop;
  delete from pings_default where recorded_at < before;
  return dropped;
end $$;

create index ping_hours_placed on ping_hours (hour) where last_latitude is not null;

revoke execute on function erase_pings(uuid[], timestamptz[]) from public;
grant execute on function erase_pings(uuid[], timestamptz[]) to turnout_jobs;
