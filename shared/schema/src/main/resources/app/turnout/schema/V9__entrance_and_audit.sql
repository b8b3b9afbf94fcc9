-- Who comes in, and what they did there: sessions that have ended, accounts that are closed,
-- administrators of the platform and API keys are looked at where a caller enters, and what is
-- changed is told in the audit log.

alter table users
  add column deactivated_at timestamptz,
  add column super_admin_since timestamptz,
  add column version bigint not null default 1;

-- While it is set, the organization is being deleted: it can be read, and its owner can take the
-- deletion back until it is due.
alter table organizations
  add column deletion_requested_at timestamptz,
  add column deletion_requested_by uuid,
  add column deletion_due_at timestamptz,
  add constraint organizations_deletion check (
    (deletion_requested_at is null) = (deletion_due_at is null));

-- An API key creates events too, and people who did may be gone.
alter table events alter column created_by drop not null;

create table api_keys (
  id uuid not null,
  organization_id uuid not null,
  name text not null,
  prefix text not null,
  token_hash bytea not null,
  permissions text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  version bigint not null,
  constraint api_keys_pk primary key (id),
  constraint api_keys_token unique (token_hash),
  constraint api_keys_organization_fk foreign key (organization_id) references organizations
    on delete cascade
);
comment on table api_keys is 'owner: organizations';
create index api_keys_listed on api_keys (organization_id, id);
alter table api_keys enable row level security;
create policy api_keys_tenant on api_keys to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy api_keys_jobs on api_keys to turnout_jobs using (true) with check (true);
grant select, insert, update on api_keys to turnout_app;

-- Somebody with an account enters, in no organization: `super_admin` or `user`. Null, and nothing is
-- entered, when the account is closed or the session has ended.
create function enter_by_session(p_user uuid, p_session uuid) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  found_role text;
begin
  select case when u.super_admin_since is null then 'user' else 'super_admin' end
    into found_role
    from users u
    where u.id = p_user
      and u.deactivated_at is null
      and not exists (
        select from sessions s
        where s.id = p_session
          and s.revoked_at is not null);
  if found_role is not null then
    perform set_config('app.user', p_user::text, true);
  end if;
  return found_role;
end $$;
revoke execute on function enter_by_session(uuid, uuid) from public;
grant execute on function enter_by_session(uuid, uuid) to turnout_app;

-- A member enters the organization, and an administrator of the platform any. `account` is as above;
-- `role` is null for who is no member, and then no organization is entered.
create function enter_organization(p_user uuid, p_session uuid, p_organization uuid)
  returns table (account text, role text, is_being_deleted boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
  account := enter_by_session(p_user, p_session);
  if account is not null then
    select case when account = 'super_admin' then account else m.role end,
           o.deletion_due_at is not null
      into role, is_being_deleted
      from organizations o
      left join members m on m.organization_id = o.id and m.user_id = p_user
      where o.id = p_organization;
    if role is not null then
      perform set_config('app.organization', p_organization::text, true);
    end if;
  end if;
  return next;
end $$;
revoke execute on function enter_organization(uuid, uuid, uuid) from public;
grant execute on function enter_organization(uuid, uuid, uuid) to turnout_app;
drop function enter_as_member(uuid, uuid);

-- An API key enters. When it was last used is noted once a minute, and never waited for.
create function enter_by_api_key(p_token_hash bytea, p_now timestamptz)
  returns table (
    key_id uuid, organization_id uuid, permissions text[], is_being_deleted boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  unnoted boolean;
begin
  select k.id, k.organization_id, k.permissions, o.deletion_due_at is not null,
         coalesce(k.last_used_at < p_now - interval '1 minute', true)
    into key_id, organization_id, permissions, is_being_deleted, unnoted
    from api_keys k
    join organizations o on o.id = k.organization_id
    where k.token_hash = p_token_hash
      and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > p_now);
  if not found then
    return;
  end if;
  perform set_config('app.organization', organization_id::text, true);
  if unnoted then
    update api_keys
    set last_used_at = p_now
    where id = (
      select id from api_keys where token_hash = p_token_hash for no key update skip locked);
  end if;
  return next;
end $$;
revoke execute on function enter_by_api_key(bytea, timestamptz) from public;
grant execute on function enter_by_api_key(bytea, timestamptz) to turnout_app;

-- Rows are added, and that is all that roles can do with them.
create table audit_log (
  id uuid not null,
  organization_id uuid,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  happened_at timestamptz not null,
  source_address text,
  user_agent text,
  request_id text,
  constraint audit_log_pk primary key (id),
  constraint audit_log_actor_kind check (
    actor_kind in ('user', 'super_admin', 'api_key', 'participant', 'system')),
  constraint audit_log_actor check ((actor_id is null) = (actor_kind = 'system'))
);
comment on table audit_log is 'owner: platform.audit';
comment on column audit_log.organization_id is 'null: about an account, or the platform itself';
create index audit_log_listed on audit_log (organization_id, id);
create index audit_log_subject on audit_log (subject_id, id);
create index audit_log_actor on audit_log (actor_id, id);
alter table audit_log enable row level security;
create policy audit_log_written on audit_log for insert to turnout_app
  with check (organization_id is null or organization_id = current_organization());
create policy audit_log_read on audit_log for select to turnout_app
  using (organization_id = current_organization());
create policy audit_log_jobs on audit_log to turnout_jobs using (true) with check (true);
grant select, insert on audit_log to turnout_app, turnout_jobs;

-- The same fields, and `[erased]` instead of every text among them.
create function redacted_fields(p_fields jsonb) returns jsonb
  language plpgsql immutable set search_path = public, pg_temp
as $$
begin
  return case jsonb_typeof(p_fields)
    when 'object' then (
      select coalesce(jsonb_object_agg(key, redacted_fields(value)), '{}')
      from jsonb_each(p_fields))
    when 'array' then (
      select coalesce(jsonb_agg(redacted_fields(value)), '[]')
      from jsonb_array_elements(p_fields))
    when 'string' then '"[erased]"'::jsonb
    else p_fields
  end;
end $$;

-- When a person is erased: what was written of them goes, that something was done stays. Of what they
-- did themselves, only where from goes. Answers how many entries lost something. Not for the role of
-- HTTP functions, which can only add.
create function redact_audit_log(p_organization uuid, p_person uuid) returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  redacted bigint;
begin
  update audit_log
  set before = case when subject_id = p_person then redacted_fields(before) else before end,
      after = case when subject_id = p_person then redacted_fields(after) else after end,
      source_address = case when actor_id = p_person then null else source_address end,
      user_agent = case when actor_id = p_person then null else user_agent end
  where organization_id is not distinct from p_organization
    and (subject_id = p_person or actor_id = p_person);
  get diagnostics redacted = row_count;
  return redacted;
end $$;
revoke execute on function redact_audit_log(uuid, uuid) from public;
grant execute on function redact_audit_log(uuid, uuid) to turnout_jobs;
