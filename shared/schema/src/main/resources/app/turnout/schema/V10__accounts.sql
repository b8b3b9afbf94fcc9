-- What an owner does with an account: come back without the password, change the address, see and end
-- sessions, leave.

-- Nobody has verified it, so it counts for nothing yet.
alter table users
  add column phone text,
  add constraint users_phone check (phone ~ '^\+[1-9][0-9]{6,14}$');

-- Where a session was used from when it got its newest refresh token, for its owner to recognise.
alter table sessions
  add column user_agent text,
  add column source_address text;

-- Without a user: somebody asked for an address that nobody has. The row is written all the same, so
-- that asking is the same work.
create table password_resets (
  id uuid not null,
  user_id uuid,
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint password_resets_pk primary key (id),
  constraint password_resets_user_fk foreign key (user_id) references users on delete cascade
);
comment on table password_resets is 'owner: identity';
create index password_resets_user on password_resets (user_id);
create index password_resets_expires_at on password_resets (expires_at);

-- The former address stays here, because it is told after it was changed.
create table email_changes (
  id uuid not null,
  user_id uuid not null,
  old_email text not null,
  new_email text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint email_changes_pk primary key (id),
  constraint email_changes_user_fk foreign key (user_id) references users on delete cascade
);
comment on table email_changes is 'owner: identity';
create index email_changes_user on email_changes (user_id);
create index email_changes_created_at on email_changes (created_at);

grant select, insert, update on password_resets, email_changes to turnout_app;
-- The relay writes the mails.
grant select (deactivated_at) on users to turnout_jobs;
grant select (id, user_id, expires_at, used_at) on password_resets to turnout_jobs;
grant select (id, user_id, old_email, new_email, expires_at, used_at) on email_changes
  to turnout_jobs;

-- Who registered an address and never showed that it is theirs gives way to who did. Such an account
-- can do nothing, so nothing hangs on it. Answers how many went.
create function remove_unverified_account(p_email text) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from users
    where lower(email) = lower(p_email)
      and email_verified_at is null
    returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_unverified_account(text) from public;
grant execute on function remove_unverified_account(text) to turnout_app;

-- The organizations that would have no owner left without this user: those of other tenants cannot be
-- seen by the application. All owners of the user's organizations are locked first, so that of two
-- who leave at once the second sees that the first has left; an owner who left counts for nothing.
create function organizations_owned_alone(p_user uuid)
  returns table (organization_id uuid, name text)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  perform m.user_id
    from members m
    where m.role = 'org_owner'
      and m.organization_id in (
        select own.organization_id
        from members own
        where own.user_id = p_user
          and own.role = 'org_owner')
    order by m.organization_id, m.user_id
    for update;
  return query
    select o.id, o.name
    from organizations o
    join members own on own.organization_id = o.id and own.user_id = p_user
    where own.role = 'org_owner'
      and not exists (
        select from members other
        join users u on u.id = other.user_id
        where other.organization_id = o.id
          and other.role = 'org_owner'
          and other.user_id <> p_user
          and u.deactivated_at is null);
end $$;
revoke execute on function organizations_owned_alone(uuid) from public;
grant execute on function organizations_owned_alone(uuid) to turnout_app;

-- For cleanup, as in V2.
create function remove_password_resets(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from password_resets where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_password_resets(timestamptz) from public;
grant execute on function remove_password_resets(timestamptz) to turnout_jobs;

create function remove_email_changes(p_created_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from email_changes where created_at < p_created_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_email_changes(timestamptz) from public;
grant execute on function remove_email_changes(timestamptz) to turnout_jobs;

-- Accounts that nobody wanted back, with their memberships, sessions and tokens. What they did stays
-- in the audit log, without what it says of them. Answers how many went.
create function remove_deactivated_accounts(p_deactivated_before timestamptz) returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  gone uuid;
  removed bigint := 0;
begin
  for gone in
    delete from users where deactivated_at < p_deactivated_before returning id
  loop
    removed := removed + 1;
    perform redact_audit_log(entries.organization_id, gone)
      from (
        select distinct organization_id
        from audit_log
        where subject_id = gone
           or actor_id = gone) entries;
  end loop;
  return removed;
end $$;
revoke execute on function remove_deactivated_accounts(timestamptz) from public;
grant execute on function remove_deactivated_accounts(timestamptz) to turnout_jobs;
create index users_deactivated_at on users (deactivated_at) where deactivated_at is not null;
