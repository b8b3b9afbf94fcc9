-- Where participants were, where they are, and who has arrived.
--
-- The ping table is a TimescaleDB hypertable where that extension is to be had, else range partitions
-- by day (Amazon RDS has no TimescaleDB). TimescaleDB refuses compression on a table with row-level
-- security, so this one has none in either form: turnout_app has no right on it and reads the view
-- tenant_pings; turnout_jobs alone writes. What makes, summarizes and drops is called with explicit
-- times, the same functions in both forms.

-- On the sphere of shared/domain's GeoPoint. Of strict functions only, so that it is inlined.
create function metres_between(
    p_latitude double precision, p_longitude double precision,
    q_latitude double precision, q_longitude double precision) returns double precision
  language sql immutable strict parallel safe
  return 2 * 6371008.8 * atan2(
    sqrt(sind((q_latitude - p_latitude) / 2) ^ 2
         + cosd(p_latitude) * cosd(q_latitude) * sind((q_longitude - p_longitude) / 2) ^ 2),
    sqrt(abs(1 - sind((q_latitude - p_latitude) / 2) ^ 2
             - cosd(p_latitude) * cosd(q_latitude) * sind((q_longitude - p_longitude) / 2) ^ 2)));
grant execute on function metres_between(
    double precision, double precision, double precision, double precision)
  to turnout_app, turnout_jobs;

do $$
declare
  -- It must be loaded when the server starts; asking for it where it is not ends the connection.
  timescale constant boolean :=
    exists (select from pg_extension where extname = 'timescaledb')
    or (exists (select from pg_available_extensions where name = 'timescaledb')
        and current_setting('shared_preload_libraries') like '%timescaledb%');
begin
  execute format($ddl$
    create table pings (
      organization_id uuid not null,
      occurrence_id uuid not null,
      participant_id uuid not null,
      recorded_at timestamptz not null,
      received_at timestamptz not null,
      latitude double precision not null,
      longitude double precision not null,
      accuracy_metres double precision,
      altitude_metres double precision,
      speed_metres_per_second double precision,
      heading_degrees double precision,
      battery_percent double precision,
      source text not null,
      constraint pings_once unique (participant_id, recorded_at),
      constraint pings_position check (
        latitude between -90 and 90 and longitude between -180 and 180)
    ) %s$ddl$,
    case when timescale then '' else 'partition by range (recorded_at)' end);
  if timescale then
    create extension if not exists timescaledb;
    perform create_hypertable('pings', by_range('recorded_at', interval '1 day'),
                              create_default_indexes => false);
    alter table pings set (
      timescaledb.compress,
      timescaledb.compress_segmentby = 'participant_id',
      timescaledb.compress_orderby = 'recorded_at');
  else
    -- No ping is ever lost for want of a partition; cleanup tells when something lies here.
    create table pings_default partition of pings default;
    comment on table pings_default is 'owner: locations';
  end if;
end $$;
comment on table pings is 'owner: locations';
comment on column pings.recorded_at is 'by the phone''s clock, to the microsecond';
comment on column pings.received_at is 'when the API took it; the first time, when it came twice';
comment on column pings.source is 'the format it came in: json, owntracks';
grant select, insert on pings to turnout_jobs;

create view tenant_pings with (security_barrier) as
  select organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
         longitude, accuracy_metres, altitude_metres, speed_metres_per_second, heading_degrees,
         battery_percent, source
  from pings
  where organization_id = current_organization();
comment on view tenant_pings is 'owner: locations';
grant select on tenant_pings to turnout_app;

create table latest_positions (
  participant_id uuid not null,
  organization_id uuid not null,
  occurrence_id uuid not null,
  recorded_at timestamptz not null,
  received_at timestamptz not null,
  latitude double precision not null,
  longitude double precision not null,
  accuracy_metres double precision,
  altitude_metres double precision,
  speed_metres_per_second double precision,
  heading_degrees double precision,
  battery_percent double precision,
  source text not null,
  constraint latest_positions_pk primary key (participant_id),
  constraint latest_positions_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
)
-- Rows are rewritten at every ping: room on the page spares the index.
with (fillfactor = 70);
comment on table latest_positions is 'owner: locations';
create index latest_positions_occurrence on latest_positions (occurrence_id);

create table arrivals (
  participant_id uuid not null,
  organization_id uuid not null,
  occurrence_id uuid not null,
  arrived_at timestamptz not null,
  constraint arrivals_pk primary key (participant_id),
  constraint arrivals_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table arrivals is 'owner: locations';
comment on column arrivals.arrived_at is 'when the first ping within the radius was recorded';
create index arrivals_occurrence on arrivals (occurrence_id);

-- Kept when the pings themselves are dropped.
create table ping_hours (
  participant_id uuid not null,
  organization_id uuid not null,
  occurrence_id uuid not null,
  hour timestamptz not null,
  pings integer not null,
  first_recorded_at timestamptz not null,
  last_recorded_at timestamptz not null,
  last_latitude double precision not null,
  last_longitude double precision not null,
  top_speed_metres_per_second double precision,
  constraint ping_hours_pk primary key (participant_id, hour),
  constraint ping_hours_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table ping_hours is 'owner: locations';
comment on column ping_hours.hour is 'the UTC hour''s start';

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['latest_positions', 'arrivals', 'ping_hours'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I for select to turnout_app '
      'using (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I to turnout_jobs using (true) with check (true)',
      tenant_table || '_jobs', tenant_table);
    execute format('grant select on %I to turnout_app, turnout_jobs', tenant_table);
  end loop;
end $$;
grant insert, update on latest_positions to turnout_jobs;
grant insert on arrivals to turnout_jobs;

create function pings_are_a_hypertable() returns boolean
  language sql stable
  return not exists (select from pg_partitioned_table where partrelid = 'pings'::regclass);

-- Sums up each participant's hours from a time to a time, both whole UTC hours. Hours that were
-- summed up before are counted anew, so late pings come in. Answers how many hours there were.
create function summarize_pings(p_from timestamptz, p_to timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with summarized as (
    insert into ping_hours (
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
        top_speed_metres_per_second = excluded.top_speed_metres_per_second
    returning 1)
  select count(*) from summarized;
end;

-- Makes the partitions of the days from a date to a date, both included, and of the days that lie
-- in the default partition, whose rows it moves. Answers how many it made; a hypertable makes its
-- own. Attached, not made in place: that lets writers go on.
create function make_ping_partitions(p_from date, p_to date) returns integer
  language plpgsql volatile security definer
  set search_path = public, pg_temp
  set lock_timeout = '5s'
as $$
declare
  day date;
  partition text;
  made integer := 0;
begin
  if pings_are_a_hypertable() then
    return 0;
  end if;
  perform pg_advisory_xact_lock(hashtext('ping partitions'));
  for day in
    select d::date from generate_series(p_from, p_to, interval '1 day') as d
    union
    select distinct (recorded_at at time zone 'UTC')::date from pings_default
    order by 1
  loop
    partition := to_char(day, '"pings_"YYYY_MM_DD');
    continue when to_regclass(partition) is not null;
    lock table pings_default in access exclusive mode;
    execute format('create table %I (like pings including all)', partition);
    execute format('comment on table %I is %L', partition, 'owner: locations');
    execute format(
      'with moved as ('
      '  delete from pings_default where recorded_at >= %1$L and recorded_at < %2$L returning *) '
      'insert into %3$I select * from moved',
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', partition);
    execute format(
      'alter table pings attach partition %I for values from (%L) to (%L)', partition,
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end $$;

-- Drops what was recorded before a day, once its hours are summed up. Answers how many partitions
-- or chunks went.
create function drop_ping_partitions(p_before date) returns integer
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

-- Compresses what was recorded before a day; native partitions have no such form. Answers how many
-- chunks it compressed.
create function compress_pings(p_before date) returns integer
  language plpgsql volatile security definer
  set search_path = public, pg_temp
as $$
declare
  compressed integer := 0;
begin
  if pings_are_a_hypertable() then
    select count(compress_chunk(format('%I.%I', chunk_schema, chunk_name)::regclass))
    into compressed
    from timescaledb_information.chunks
    where hypertable_name = 'pings'
      and not is_compressed
      and range_end <= p_before::timestamp at time zone 'UTC';
  end if;
  return compressed;
end $$;

-- How many pings lie in the default partition: more than none means that cleanup came too late.
create function count_pings_without_partition() returns bigint
  language plpgsql stable security definer
  set search_path = public, pg_temp
as $$
begin
  if pings_are_a_hypertable() then
    return 0;
  end if;
  return (select count(*) from pings_default);
end $$;

revoke execute on function
  summarize_pings(timestamptz, timestamptz), make_ping_partitions(date, date),
  drop_ping_partitions(date), compress_pings(date), count_pings_without_partition()
  from public;
grant execute on function
  summarize_pings(timestamptz, timestamptz), make_ping_partitions(date, date),
  drop_ping_partitions(date), compress_pings(date), count_pings_without_partition()
  to turnout_jobs;
