-- When they will be here: how people come, and what was computed of it.

alter table participants
  add column travel_mode text not null default 'car',
  add constraint participants_travel_mode check (travel_mode in ('car', 'bicycle', 'foot'));
comment on column participants.travel_mode is 'how they come, and so by which roads';

alter table roster_members
  add column travel_mode text not null default 'car',
  add constraint roster_members_travel_mode check (travel_mode in ('car', 'bicycle', 'foot'));

-- What was computed from a participant's newest ping, once for all who look. It goes with the
-- position that it rests on, whatever takes that away.
create table etas (
  participant_id uuid not null,
  organization_id uuid not null,
  occurrence_id uuid not null,
  recorded_at timestamptz not null,
  travel_mode text not null,
  destination_latitude double precision not null,
  destination_longitude double precision not null,
  arrival_radius_metres double precision not null,
  strategy text not null,
  remaining_millis bigint not null,
  route_metres double precision,
  off_road_metres double precision,
  moving boolean not null,
  state text not null,
  origin_latitude double precision not null,
  origin_longitude double precision not null,
  has_left boolean not null,
  told_state text,
  router_due_at timestamptz,
  computed_at timestamptz not null,
  constraint etas_pk primary key (participant_id),
  constraint etas_position_fk foreign key (participant_id) references latest_positions
    on delete cascade,
  constraint etas_strategy check (strategy in ('osrm', 'velocity', 'simple')),
  constraint etas_remaining check (remaining_millis >= 0),
  constraint etas_route check (strategy = 'osrm' or route_metres is null),
  constraint etas_state check (
    state in ('not_left', 'on_the_way', 'standing_still', 'going_away'))
)
-- Rows are rewritten at every ping that somebody looks at.
with (fillfactor = 70);
comment on table etas is 'owner: eta';
comment on column etas.recorded_at is 'the time of the ping that all of it rests on';
comment on column etas.remaining_millis is 'from that time until within the arrival radius';
comment on column etas.off_road_metres is 'from the position to the road where the route begins';
comment on column etas.origin_latitude is 'with the longitude: where the first ping was';
comment on column etas.told_state is 'the state that those who watch were told last';
comment on column etas.router_due_at is
  'when to ask the router again, which did not answer; null when it did, or was not asked';

alter table etas enable row level security;
create policy etas_tenant on etas to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy etas_jobs on etas to turnout_jobs using (true) with check (true);
grant select, insert, update on etas to turnout_app, turnout_jobs;

-- A job that works for one organization enters it, and reads its pings as its functions do.
grant select on tenant_pings to turnout_jobs;
