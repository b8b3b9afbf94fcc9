-- What organisers say of venues and events beyond their first words.

-- The layout is read and written whole, and nothing is asked of its parts: jsonb, not tables. A
-- venue that is not used any more is archived: events that were held there go on naming it.
alter table areas
  add column layout jsonb,
  add column archived_at timestamptz;

-- Registration is open until the deadline, unless the organiser closed it before. What is null of the
-- refund policy is the product's default. The offsets say how long before the start people are asked,
-- reminded and asked where they are. Archived is a date, not a status.
alter table events
  add column language text not null default 'en',
  add column translations jsonb not null default '{}',
  add column image_url text,
  add column registration_deadline timestamptz,
  add column registration_closed_at timestamptz,
  add column refund_policy jsonb,
  add column consent_text text,
  add column confirmation_minutes_before integer not null default 1440,
  add column reminder_minutes_before integer not null default 120,
  add column location_minutes_before integer not null default 60,
  add column cancelled_at timestamptz,
  add column cancellation_reason text,
  add column completed_at timestamptz,
  add column archived_at timestamptz,
  add constraint events_confirmation check (confirmation_minutes_before between 0 and 43200),
  add constraint events_reminder check (reminder_minutes_before between 0 and 43200),
  add constraint events_location check (location_minutes_before between 0 and 43200),
  add constraint events_cancelled check (cancelled_at is null or status = 'cancelled');

-- The members' list by status, by maker and by time; archived ones are few among those asked for.
create index events_by_status on events (organization_id, status, id);
create index events_by_maker on events (organization_id, created_by, id);
create index occurrences_by_time on occurrences (organization_id, ends_at);
