-- Dates that are made ahead, and the clocks that they follow.

-- As before, but a date that is cancelled is not meant while another is to come; and by the index,
-- whatever number of dates an event has.
create or replace function meant_occurrence(p_event uuid, p_now timestamptz) returns uuid
  language sql stable
  return coalesce(
    (
      select id
      from occurrences
      where event_id = p_event
        and ends_at > p_now
        and status <> 'cancelled'
      order by starts_at
      limit 1),
    (
      select id
      from occurrences
      where event_id = p_event
        and ends_at > p_now
      order by starts_at
      limit 1),
    (
      select id
      from occurrences
      where event_id = p_event
      order by starts_at desc
      limit 1));

-- How far the dates were compared with the rules of their zones' clocks: one row.
create table clock_checks (
  id boolean not null default true,
  rules_version text,
  began_at timestamptz,
  after_ends_at timestamptz,
  after_id uuid,
  finished_at timestamptz,
  constraint clock_checks_pk primary key (id),
  constraint clock_checks_one check (id)
);
comment on table clock_checks is 'owner: events';
comment on column clock_checks.rules_version is 'the time zone database that dates are compared with';
comment on column clock_checks.after_id is 'the last date of the page before, with after_ends_at';
insert into clock_checks default values;
grant select, update on clock_checks to turnout_jobs;
