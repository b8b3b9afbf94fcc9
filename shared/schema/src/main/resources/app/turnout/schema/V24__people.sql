-- People beyond one date: the roster of a recurring event, links that are sent, and the erasure of a
-- person across an organization.

-- Who belongs to a recurring event. Each date that is not over has a row of its own in participants,
-- which names the member of the roster that it was made from.
create table roster_members (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  name text not null,
  phone text,
  email text,
  locale text not null,
  note text,
  tags text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint roster_members_pk primary key (id),
  constraint roster_members_tenant unique (organization_id, id),
  constraint roster_members_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade
);
comment on table roster_members is 'owner: participants';
create index roster_members_listed on roster_members (event_id, id);

-- Whoever leaves the roster keeps what they answered, as rows like any other.
alter table participants
  add column roster_member_id uuid,
  add constraint participants_roster_member_fk foreign key (organization_id, roster_member_id)
    references roster_members (organization_id, id) on delete set null (roster_member_id);
comment on column participants.roster_member_id is
  'the member of the roster for whom the row was made; null for who was added to the date itself';
create unique index participants_roster_member on participants (roster_member_id, occurrence_id)
  where roster_member_id is not null;

-- Whoever was removed from one date is not expected there again, however often the roster is gone
-- through.
create table roster_absences (
  roster_member_id uuid not null,
  occurrence_id uuid not null,
  organization_id uuid not null,
  constraint roster_absences_pk primary key (roster_member_id, occurrence_id),
  constraint roster_absences_member_fk foreign key (organization_id, roster_member_id)
    references roster_members (organization_id, id) on delete cascade,
  constraint roster_absences_occurrence_fk foreign key (organization_id, occurrence_id)
    references occurrences (organization_id, id) on delete cascade
);
comment on table roster_absences is 'owner: participants';
create index roster_absences_occurrence on roster_absences (occurrence_id);

alter table participant_links add column sent_at timestamptz;
comment on column participant_links.sent_at is 'when it was last given to the mail';

-- The erasure of a person: whom it is about is known as long as it goes on, and is forgotten with
-- them. The receipt names nobody.
alter table erasures
  add column organization_id uuid,
  drop constraint erasures_subject_kind,
  add constraint erasures_subject_kind check (subject_kind in ('organization', 'person')),
  add constraint erasures_person check ((subject_kind = 'person') = (organization_id is not null));
comment on column erasures.organization_id is 'where a person is erased; null for an organization';
comment on column erasures.requested_by is
  'a user or an API key; not a reference, since those go and receipts stay';
create index erasures_of_people on erasures (organization_id, id) where organization_id is not null;
create policy erasures_of_people on erasures to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());

create table erasure_people (
  erasure_id uuid not null,
  organization_id uuid not null,
  email text,
  phone text,
  constraint erasure_people_pk primary key (erasure_id),
  constraint erasure_people_erasure_fk foreign key (erasure_id) references erasures
    on delete cascade,
  constraint erasure_people_known check (email is not null or phone is not null)
);
comment on table erasure_people is 'owner: platform.erasure';
comment on column erasure_people.email is 'in lower case';

create table erasure_subjects (
  erasure_id uuid not null,
  organization_id uuid not null,
  subject_id uuid not null,
  constraint erasure_subjects_pk primary key (erasure_id, subject_id),
  constraint erasure_subjects_erasure_fk foreign key (erasure_id) references erasures
    on delete cascade
);
comment on table erasure_subjects is 'owner: platform.erasure';
comment on column erasure_subjects.subject_id is
  'a participant or member of the roster who was the person, whose traces are still to go';

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
      'roster_members', 'roster_absences', 'erasure_people', 'erasure_subjects'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I to turnout_app using (organization_id = current_organization()) '
      'with check (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I to turnout_jobs using (true) with check (true)',
      tenant_table || '_jobs', tenant_table);
  end loop;
end $$;
grant select, insert, update, delete on roster_members, roster_absences to turnout_app;
grant select, insert on erasure_people to turnout_app;
-- To read them for share asks for the right to update.
grant select, update, delete on roster_members, roster_absences to turnout_jobs;
grant select, delete on erasure_people to turnout_jobs;
grant select, insert, delete on erasure_subjects to turnout_jobs;
-- The roster is gone through, and links are made and sent, by a consumer.
grant insert on participants to turnout_jobs;
grant insert, update on participant_links to turnout_jobs;

-- What the log says of somebody by these e-mail addresses or phones, as whole values of fields,
-- whatever their case. Answers how many entries lost something.
create function redact_audit_log_of(p_organization uuid, p_values text[]) returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  redacted bigint;
begin
  update audit_log a
  set before = redacted_fields(before),
      after = redacted_fields(after)
  where organization_id = p_organization
    and exists (
      select
      from unnest(p_values) as v (value)
      where position(lower(to_json(value)::text) in lower(a.before::text)) > 0
         or position(lower(to_json(value)::text) in lower(a.after::text)) > 0);
  get diagnostics redacted = row_count;
  return redacted;
end $$;

-- What waits to leave for participants, or has left.
create function erase_outbox_messages_of(p_organization uuid, p_participants uuid[]) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with erased as (
    delete from outbox_messages
    where organization_id = p_organization
      and payload ->> 'participant_id' in (select id::text from unnest(p_participants) as p (id))
    returning 1)
  select count(*) from erased;
end;

-- Answers that are kept for repeated requests, and name one of these. The key stays: what is repeated
-- is still done once.
create function forget_idempotent_answers(p_subjects uuid[]) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with forgotten as (
    update idempotency_keys k
    set body = null, location = null, etag = null
    where exists (
      select
      from unnest(p_subjects) as s (id)
      where position(s.id::text in k.body) > 0)
    returning 1)
  select count(*) from forgotten;
end;

-- With an organization, the receipts of those who were erased in it go too.
create function erase_person_erasures(p_organization uuid) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with erased as (
    delete from erasures where organization_id = p_organization returning 1)
  select count(*) from erased;
end;
revoke execute on function
  redact_audit_log_of(uuid, text[]),
  erase_outbox_messages_of(uuid, uuid[]),
  forget_idempotent_answers(uuid[]),
  erase_person_erasures(uuid) from public;
grant execute on function
  redact_audit_log_of(uuid, text[]),
  erase_outbox_messages_of(uuid, uuid[]),
  forget_idempotent_answers(uuid[]),
  erase_person_erasures(uuid) to turnout_jobs;
