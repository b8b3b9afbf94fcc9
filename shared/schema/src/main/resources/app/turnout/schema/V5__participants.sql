-- Who is expected, their consent to being located, and the links they act by.

create table participants (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  occurrence_id uuid not null,
  name text not null,
  phone text,
  email text,
  locale text not null,
  status text not null,
  checked_in_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint participants_pk primary key (id),
  constraint participants_tenant unique (organization_id, id),
  constraint participants_occurrence_fk foreign key (organization_id, occurrence_id)
    references occurrences (organization_id, id) on delete cascade,
  constraint participants_status check (
    status in ('pending', 'confirmed', 'denied', 'checked_in', 'no_show'))
);
comment on table participants is 'owner: platform.attendance';
create index participants_listed on participants (occurrence_id, id);

create table consents (
  participant_id uuid not null,
  organization_id uuid not null,
  granted boolean not null,
  changed_at timestamptz not null,
  constraint consents_pk primary key (participant_id),
  constraint consents_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table consents is 'owner: participants';

create table participant_links (
  id uuid not null,
  organization_id uuid not null,
  participant_id uuid not null,
  generation integer not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint participant_links_pk primary key (id),
  constraint participant_links_token unique (token_hash),
  constraint participant_links_participant_fk foreign key (organization_id, participant_id)
    references participants (organization_id, id) on delete cascade
);
comment on table participant_links is 'owner: participants';
create index participant_links_participant on participant_links (participant_id);

-- The holder of a link enters here.
create function enter_by_link(p_token_hash bytea)
  returns table (
    link_id uuid, organization_id uuid, event_id uuid, occurrence_id uuid, participant_id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  select l.id, p.organization_id, p.event_id, p.occurrence_id, p.id
  from participant_links l
  join participants p on p.id = l.participant_id
  cross join lateral (
    select set_config('app.organization', l.organization_id::text, true)
    where l.id is not null
    offset 0) entered
  where l.token_hash = p_token_hash
    and l.revoked_at is null;
end;
revoke execute on function enter_by_link(bytea) from public;
grant execute on function enter_by_link(bytea) to turnout_app;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['participants', 'consents', 'participant_links'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I to turnout_app using (organization_id = current_organization()) '
      'with check (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I to turnout_jobs using (true) with check (true)',
      tenant_table || '_jobs', tenant_table);
    execute format('grant select, insert, update, delete on %I to turnout_app', tenant_table);
  end loop;
end $$;
-- A row lock asks for the right to update: the writer locks consents while it stores positions.
grant select, update on participants, consents to turnout_jobs;
grant select on participant_links to turnout_jobs;
