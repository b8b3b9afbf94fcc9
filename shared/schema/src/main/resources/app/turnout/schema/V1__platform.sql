-- What every function stands on: roles' rights, the settings that row-level security reads,
-- idempotency keys, the outbox.
--
-- The roles turnout_app (HTTP functions) and turnout_jobs (jobs and consumers that cross tenants)
-- are made by the migrate function before this runs, for they carry passwords. Neither owns a table
-- nor bypasses row-level security.

grant usage on schema public to turnout_app, turnout_jobs;

-- Null unless the transaction has entered an organization, so policies fail closed.
create function current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.organization', true), '')::uuid;

create function current_account() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user', true), '')::uuid;

create function enter_as_user(p_user uuid) returns text
  language sql
  return set_config('app.user', p_user::text, true);

create table idempotency_keys (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  location text,
  etag text,
  created_at timestamptz not null,
  constraint idempotency_keys_pk primary key (caller, key)
);
comment on table idempotency_keys is 'owner: platform.idempotency';
create index idempotency_keys_created_at on idempotency_keys (created_at);
grant select, insert, update on idempotency_keys to turnout_app;

-- For cleanup: only an owner's own statements write to its table. Answers how many keys went.
create function remove_idempotency_keys(p_created_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from idempotency_keys where created_at < p_created_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_idempotency_keys(timestamptz) from public;
grant execute on function remove_idempotency_keys(timestamptz) to turnout_jobs;

create table outbox_messages (
  id uuid not null,
  organization_id uuid,
  kind text not null,
  ordering_key text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  attempts integer not null default 0,
  last_error text,
  sent_at timestamptz,
  dead_at timestamptz,
  constraint outbox_messages_pk primary key (id),
  constraint outbox_messages_ended_once check (sent_at is null or dead_at is null)
);
comment on table outbox_messages is 'owner: platform.outbox';
create index outbox_messages_open on outbox_messages (ordering_key, id)
  where sent_at is null and dead_at is null;
create index outbox_messages_due on outbox_messages (next_attempt_at)
  where sent_at is null and dead_at is null;

alter table outbox_messages enable row level security;
create policy outbox_messages_written on outbox_messages
  for insert to turnout_app
  with check (organization_id is null or organization_id = current_organization());
create policy outbox_messages_relayed on outbox_messages
  to turnout_jobs using (true) with check (true);
grant insert on outbox_messages to turnout_app;
grant select, insert, update, delete on outbox_messages to turnout_jobs;
