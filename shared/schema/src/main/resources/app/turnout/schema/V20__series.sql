-- Recurring events. An event has its dates by a rule, in parts: "this and all later" ends a part and
-- begins the next, so that dates, their ids and their calendar's UID stay with the event.

create table series (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  local_start timestamp not null,
  local_end timestamp not null,
  time_zone text not null,
  rrule text,
  rdates timestamp[] not null default '{}',
  exdates timestamp[] not null default '{}',
  ends_before timestamp,
  made_before timestamp not null,
  title text,
  description text,
  area_id uuid,
  latitude double precision,
  longitude double precision,
  capacity integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint series_pk primary key (id),
  constraint series_tenant unique (organization_id, id),
  constraint series_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade,
  constraint series_area_fk foreign key (organization_id, area_id)
    references areas (organization_id, id),
  constraint series_start unique (event_id, local_start),
  constraint series_end check (local_end > local_start),
  constraint series_place check (area_id is null or latitude is null),
  constraint series_position check (
    (latitude is null) = (longitude is null)
    and latitude between -90 and 90
    and longitude between -180 and 180),
  constraint series_capacity check (capacity > 0)
);
comment on table series is 'owner: events';
comment on column series.local_start is 'RFC 5545''s DTSTART, as clocks in time_zone show it';
comment on column series.rrule is 'RFC 5545''s RRULE; null where rdates alone say when';
comment on column series.ends_before is
  'from this start on the dates are the next part''s; null for the last part';
comment on column series.made_before is 'all dates of the rule that start before this are made';
comment on column series.title is 'as the others that may be null: the event''s, unless said here';
create index series_area on series (area_id) where area_id is not null;
create index series_to_be_made on series (made_before) where ends_before is null;

-- (event_id, original_start) names a date for ever; which start of the rule it fills may change.
alter table occurrences
  add column series_id uuid,
  add column rule_start timestamp,
  add column is_moved boolean not null default false,
  add column title text,
  add column description text,
  add column area_id uuid,
  add column latitude double precision,
  add column longitude double precision,
  add column cancelled_at timestamptz,
  add column cancellation_reason text,
  add constraint occurrences_series_fk foreign key (organization_id, series_id)
    references series (organization_id, id),
  add constraint occurrences_rule_start unique (series_id, rule_start),
  add constraint occurrences_area_fk foreign key (organization_id, area_id)
    references areas (organization_id, id),
  add constraint occurrences_place check (area_id is null or latitude is null),
  add constraint occurrences_position check (
    (latitude is null) = (longitude is null)
    and latitude between -90 and 90
    and longitude between -180 and 180);
comment on column occurrences.rule_start is
  'which of the rule''s starts this is; null for a one-off event''s, and for a date that is detached';
comment on column occurrences.is_moved is 'whether its times were given for this date alone';
comment on column occurrences.title is
  'as the others that may be null: the part''s, else the event''s, unless said here';
create index occurrences_area on occurrences (area_id) where area_id is not null;
-- What is due: dates that begin and end, and dates whose instants follow their zone's rules.
create index occurrences_due on occurrences (ends_at) where status in ('scheduled', 'active');

-- What holds of a date: its own word, else its part's, else its event's.
create view occurrence_details with (security_invoker = true) as
select
  o.id,
  o.organization_id,
  o.event_id,
  coalesce(o.title, s.title, e.title) as title,
  coalesce(o.description, s.description, e.description) as description,
  placed.area_id,
  a.name as area_name,
  a.address,
  a.city,
  coalesce(a.latitude, placed.latitude) as latitude,
  coalesce(a.longitude, placed.longitude) as longitude,
  coalesce(o.capacity, s.capacity, e.capacity) as capacity
from occurrences o
join events e on e.id = o.event_id
left join series s on s.id = o.series_id
left join lateral (
  select said.area_id, said.latitude, said.longitude
  from (
    values
      (1, o.area_id, o.latitude, o.longitude),
      (2, s.area_id, s.latitude, s.longitude),
      (3, e.area_id, e.latitude, e.longitude)) as said (rank, area_id, latitude, longitude)
  where said.area_id is not null or said.latitude is not null
  order by said.rank
  limit 1) placed on true
left join areas a on a.id = placed.area_id;
grant select on occurrence_details to turnout_app, turnout_jobs;

alter table series enable row level security;
create policy series_tenant on series to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy series_jobs on series to turnout_jobs using (true) with check (true);
grant select, insert, update, delete on series to turnout_app;

-- Dates are made ahead, begin, end and are archived without anybody asking.
grant select, update, delete on series to turnout_jobs;
grant insert, update, delete on occurrences to turnout_jobs;
grant update on events to turnout_jobs;
