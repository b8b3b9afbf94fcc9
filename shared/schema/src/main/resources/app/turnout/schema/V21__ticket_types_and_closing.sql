-- What can be booked of an event, and what the schedule keeps of dates that are over.

create table ticket_types (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  name text not null,
  description text,
  price_amount bigint not null,
  price_currency text not null,
  quantity integer,
  sales_from timestamptz,
  sales_until timestamptz,
  max_per_booking integer not null,
  position integer not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint ticket_types_pk primary key (id),
  constraint ticket_types_tenant unique (organization_id, id),
  constraint ticket_types_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade,
  constraint ticket_types_price check (price_amount between 0 and 99999999),
  constraint ticket_types_currency check (price_currency ~ '^[A-Z]{3}$'),
  constraint ticket_types_quantity check (quantity > 0),
  constraint ticket_types_sales check (sales_until > sales_from),
  constraint ticket_types_max_per_booking check (max_per_booking > 0),
  constraint ticket_types_position check (position >= 0)
);
comment on table ticket_types is 'owner: events';
comment on column ticket_types.price_amount is
  'in minor units of the currency (ISO 4217); 0 is free. Those of an event that are not archived share a currency';
comment on column ticket_types.quantity is 'for each date; null where only the date''s capacity limits';
comment on column ticket_types.archived_at is 'since then it is not offered; what is booked of it stays';
create unique index ticket_types_name on ticket_types (event_id, lower(name));
create index ticket_types_listed on ticket_types (event_id, position, id);

alter table ticket_types enable row level security;
create policy ticket_types_tenant on ticket_types to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy ticket_types_jobs on ticket_types to turnout_jobs using (true) with check (true);
grant select, insert, update, delete on ticket_types to turnout_app;
grant select, delete on ticket_types to turnout_jobs;

-- A date is closed once: whoever did not come is marked so. Its status cannot tell, since an event may
-- be completed by hand before its time.
alter table occurrences
  add column closed_at timestamptz;
comment on column occurrences.closed_at is
  'since then who did not come is marked so; null while that is to come, and of a cancelled date';
create index occurrences_to_close on occurrences (ends_at)
  where closed_at is null and status <> 'cancelled';
create index occurrences_completed_early on occurrences (id)
  where closed_at is null and status = 'completed';
create index occurrences_to_begin on occurrences (starts_at) where status = 'scheduled';

-- What was brought back from the archive by hand is not archived again by the schedule.
alter table events
  add column is_kept boolean not null default false;
comment on column events.is_kept is 'whether it was brought back from the archive by hand';
create index events_to_archive on events (coalesce(completed_at, cancelled_at, updated_at))
  where archived_at is null and not is_kept and status in ('draft', 'completed', 'cancelled');
