-- What is to be erased, step by step, and the receipt of it, which is all that stays.

create table erasures (
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  cancelled_at timestamptz,
  began_at timestamptz,
  completed_at timestamptz,
  constraint erasures_pk primary key (id),
  constraint erasures_subject_kind check (subject_kind in ('organization')),
  constraint erasures_begun_or_not check (cancelled_at is null or began_at is null)
);
comment on table erasures is 'owner: platform.erasure';
comment on column erasures.requested_by is 'a user; not a reference, since users go and receipts stay';
create unique index erasures_open on erasures (subject_id)
  where cancelled_at is null and completed_at is null;
create index erasures_due on erasures (due_at) where cancelled_at is null and began_at is null;

create table erasure_steps (
  erasure_id uuid not null,
  area text not null,
  erased_rows jsonb not null,
  done_until uuid,
  completed_at timestamptz,
  constraint erasure_steps_pk primary key (erasure_id, area),
  constraint erasure_steps_erasure_fk foreign key (erasure_id) references erasures
    on delete cascade
);
comment on table erasure_steps is 'owner: platform.erasure';
comment on column erasure_steps.erased_rows is 'how many, by table';
comment on column erasure_steps.done_until is 'where the next batch goes on';

alter table erasures enable row level security;
create policy erasures_seen on erasures to turnout_app
  using (subject_id = current_organization() or requested_by = current_account())
  with check (subject_id = current_organization());
create policy erasures_jobs on erasures to turnout_jobs using (true) with check (true);
alter table erasure_steps enable row level security;
create policy erasure_steps_seen on erasure_steps for select to turnout_app
  using (exists (select from erasures e where e.id = erasure_id));
create policy erasure_steps_jobs on erasure_steps to turnout_jobs using (true) with check (true);
grant select, insert, update on erasures to turnout_app, turnout_jobs;
grant select on erasure_steps to turnout_app;
grant select, insert, update on erasure_steps to turnout_jobs;

-- Each area's consumer erases what the area owns.
grant delete on pings, latest_positions, arrivals, ping_hours to turnout_jobs;
grant delete on participants, consents, participant_links to turnout_jobs;
grant delete on areas, events, occurrences to turnout_jobs;
grant delete on organizations, members, api_keys, invitations, ownership_offers to turnout_jobs;
grant select on api_keys to turnout_jobs;
create policy members_erased on members for delete to turnout_jobs using (true);
create policy invitations_erased on invitations for delete to turnout_jobs using (true);
create policy ownership_offers_erased on ownership_offers for delete to turnout_jobs using (true);

-- The platform's own tables.
create function erase_audit_log(p_organization uuid) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with erased as (
    delete from audit_log where organization_id = p_organization returning 1)
  select count(*) from erased;
end;
create function erase_outbox_messages(p_organization uuid) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with erased as (
    delete from outbox_messages where organization_id = p_organization returning 1)
  select count(*) from erased;
end;
revoke execute on function erase_audit_log(uuid), erase_outbox_messages(uuid) from public;
grant execute on function erase_audit_log(uuid), erase_outbox_messages(uuid) to turnout_jobs;

-- Who is being deleted tracks nobody: links open nothing until the deletion is taken back.
create or replace function enter_by_link(p_token_hash bytea)
  returns table (
    link_id uuid, organization_id uuid, event_id uuid, occurrence_id uuid, participant_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  select l.id, p.organization_id, p.event_id, p.occurrence_id, p.id
    into link_id, organization_id, event_id, occurrence_id, participant_id
    from participant_links l
    join participants p on p.id = l.participant_id
    join organizations o on o.id = l.organization_id
    where l.token_hash = p_token_hash
      and l.revoked_at is null
      and o.deletion_due_at is null;
  if found then
    perform set_config('app.organization', organization_id::text, true);
    return next;
  end if;
end $$;
