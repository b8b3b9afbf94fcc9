-- The devices that send where participants are: apps such as OwnTracks and Traccar Client hold a token that can do
-- that and nothing else.

create table participant_devices (
  id uuid not null,
  organization_id uuid not null,
  participant_id uuid not null,
  name text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_sent_at timestamptz,
  last_refusal text,
  constraint participant_devices_pk primary key (id),
  constraint participant_devices_token unique (token_hash),
  constraint participant_devices_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table participant_devices is 'owner: locations';
comment on column participant_devices.last_sent_at is 'noted once a minute';
comment on column participant_devices.last_refusal is
  'why nothing of what it sent last was taken: a slug; null when something was';
create index participant_devices_participant on participant_devices (participant_id, id);

alter table participant_devices enable row level security;
create policy participant_devices_tenant on participant_devices to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy participant_devices_jobs on participant_devices to turnout_jobs
  using (true) with check (true);
grant select, insert, update on participant_devices to turnout_app;
grant select, delete on participant_devices to turnout_jobs;

-- A participant's device enters here. Who is being deleted tracks nobody.
create function enter_by_device(p_token_hash bytea)
  returns table (
    device_id uuid, organization_id uuid, event_id uuid, occurrence_id uuid, participant_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  select d.id, p.organization_id, p.event_id, p.occurrence_id, p.id
    into device_id, organization_id, event_id, occurrence_id, participant_id
    from participant_devices d
    join participants p on p.id = d.participant_id
    join organizations o on o.id = d.organization_id
    where d.token_hash = p_token_hash
      and d.revoked_at is null
      and o.deletion_due_at is null;
  if found then
    perform set_config('app.organization', organization_id::text, true);
    return next;
  end if;
end $$;
revoke execute on function enter_by_device(bytea) from public;
grant execute on function enter_by_device(bytea) to turnout_app;

comment on column pings.source is 'the format it came in: json, owntracks, osmand, gpx';
