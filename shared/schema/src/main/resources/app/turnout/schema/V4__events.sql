-- Venues, what is announced, and its dates.

create table areas (
  id uuid not null,
  organization_id uuid not null,
  name text not null,
  address text,
  city text,
  latitude double precision not null,
  longitude double precision not null,
  capacity integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint areas_pk primary key (id),
  constraint areas_organization_fk foreign key (organization_id) references organizations
    on delete cascade,
  constraint areas_tenant unique (organization_id, id),
  constraint areas_position check (latitude between -90 and 90 and longitude between -180 and 180),
  constraint areas_capacity check (capacity > 0)
);
comment on table areas is 'owner: events';
create unique index areas_name on areas (organization_id, lower(name));

create table events (
  id uuid not null,
  organization_id uuid not null,
  title text not null,
  description text,
  category text,
  type text not null,
  status text not null,
  visibility text not null,
  area_id uuid,
  latitude double precision,
  longitude double precision,
  arrival_radius_metres integer not null,
  time_zone text not null,
  capacity integer,
  tracking_opens_minutes_before integer not null,
  check_in_on_arrival boolean not null,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint events_pk primary key (id),
  constraint events_organization_fk foreign key (organization_id) references organizations
    on delete cascade,
  constraint events_tenant unique (organization_id, id),
  constraint events_area_fk foreign key (organization_id, area_id)
    references areas (organization_id, id),
  constraint events_type check (type in ('demand', 'periodic')),
  constraint events_status check (
    status in ('draft', 'scheduled', 'active', 'completed', 'cancelled')),
  constraint events_visibility check (visibility in ('public', 'unlisted', 'private')),
  constraint events_place check (area_id is null or latitude is null),
  constraint events_position check (
    (latitude is null) = (longitude is null)
    and latitude between -90 and 90
    and longitude between -180 and 180),
  constraint events_arrival_radius check (arrival_radius_metres between 1 and 100000),
  constraint events_capacity check (capacity > 0)
);
comment on table events is 'owner: events';
create index events_listed on events (organization_id, id);
create index events_area on events (area_id) where area_id is not null;

-- Schedules are local time and zone; the instants are derived from them, and kept for comparing.
create table occurrences (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  original_start timestamp not null,
  local_start timestamp not null,
  local_end timestamp not null,
  time_zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null,
  capacity integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint occurrences_pk primary key (id),
  constraint occurrences_tenant unique (organization_id, id),
  constraint occurrences_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade,
  constraint occurrences_original_start unique (event_id, original_start),
  constraint occurrences_status check (
    status in ('scheduled', 'active', 'completed', 'cancelled')),
  constraint occurrences_end check (ends_at > starts_at),
  constraint occurrences_capacity check (capacity > 0)
);
comment on table occurrences is 'owner: events';
create index occurrences_when on occurrences (event_id, starts_at);

-- The date that is meant where only the event is named: the current one, else the next, else the last.
create function meant_occurrence(p_event uuid, p_now timestamptz) returns uuid
  language sql stable
  return (
    select id
    from occurrences
    where event_id = p_event
    order by (ends_at > p_now) desc,
             case when ends_at > p_now then starts_at end,
             starts_at desc
    limit 1);
grant execute on function meant_occurrence(uuid, timestamptz) to turnout_app, turnout_jobs;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['areas', 'events', 'occurrences'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I to turnout_app using (organization_id = current_organization()) '
      'with check (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I to turnout_jobs using (true) with check (true)',
      tenant_table || '_jobs', tenant_table);
    execute format('grant select, insert, update, delete on %I to turnout_app', tenant_table);
    execute format('grant select on %I to turnout_jobs', tenant_table);
  end loop;
end $$;
