-- Organizations have settings; people are invited into them, and their ownership is handed over.

alter table organizations
  add column country text,
  add column locale text not null default 'en',
  add column time_zone text not null default 'UTC',
  add constraint organizations_country check (country ~ '^[A-Z]{2}$'),
  add constraint organizations_locale check (locale in ('en', 'pt', 'id', 'ru'));
comment on column organizations.country is 'ISO 3166-1 alpha-2';
comment on column organizations.plan_valid_until is 'from then on the limits are those of free';

alter table members add column version bigint not null default 1;

-- Who is invited need not have an account: the address is what is invited, and only an account that
-- has proved it can accept. An invitation that ended stays for a while, for its token must not open
-- anything a second time.
create table invitations (
  id uuid not null,
  organization_id uuid not null,
  email text not null,
  role text not null,
  locale text not null,
  generation integer not null,
  token_hash bytea not null,
  invited_by uuid not null,
  created_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_how text,
  accepted_by uuid,
  constraint invitations_pk primary key (id),
  constraint invitations_organization_fk foreign key (organization_id) references organizations
    on delete cascade,
  constraint invitations_role check (
    role in ('org_owner', 'org_admin', 'org_manager', 'org_operator', 'org_viewer')),
  constraint invitations_locale check (locale in ('en', 'pt', 'id', 'ru')),
  constraint invitations_end check ((ended_at is null) = (ended_how is null)),
  constraint invitations_ended_how check (
    ended_how in ('accepted', 'declined', 'revoked', 'expired')),
  constraint invitations_acceptance check (
    (accepted_by is null) = (ended_how is distinct from 'accepted'))
);
comment on table invitations is 'owner: organizations';
comment on column invitations.sent_at is 'when the mail was last asked for';
create unique index invitations_open on invitations (organization_id, lower(email))
  where ended_at is null;
create index invitations_email on invitations (lower(email)) where ended_at is null;
create index invitations_expires_at on invitations (expires_at);

create table ownership_offers (
  id uuid not null,
  organization_id uuid not null,
  offered_by uuid not null,
  offered_to uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_how text,
  constraint ownership_offers_pk primary key (id),
  constraint ownership_offers_organization_fk foreign key (organization_id) references organizations
    on delete cascade,
  constraint ownership_offers_two check (offered_by <> offered_to),
  constraint ownership_offers_end check ((ended_at is null) = (ended_how is null)),
  constraint ownership_offers_ended_how check (
    ended_how in ('accepted', 'declined', 'cancelled', 'lapsed', 'expired'))
);
comment on table ownership_offers is 'owner: organizations';
comment on column ownership_offers.ended_how is 'lapsed: one of the two does not qualify any more';
create unique index ownership_offers_open on ownership_offers (organization_id)
  where ended_at is null;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['invitations', 'ownership_offers'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy %I on %I to turnout_app using (organization_id = current_organization()) '
      'with check (organization_id = current_organization())',
      tenant_table || '_tenant', tenant_table);
    execute format(
      'create policy %I on %I for select to turnout_jobs using (true)',
      tenant_table || '_jobs', tenant_table);
    execute format('grant select, insert, update on %I to turnout_app', tenant_table);
  end loop;
end $$;

-- The relay writes to who was invited or offered something, and says by whom.
grant select (id, organization_id, email, role, locale, generation, invited_by, expires_at, ended_at)
  on invitations to turnout_jobs;
grant select (id, organization_id, offered_by, offered_to, expires_at, ended_at)
  on ownership_offers to turnout_jobs;
grant select (name) on users to turnout_jobs;

-- Who is invited enters here, and only who is: an account that has proved the address. Of others it
-- is told that there is such an invitation, and nothing is entered.
create function enter_by_invitation(p_user uuid, p_invitation uuid)
  returns table (organization_id uuid, is_addressee boolean)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select i.organization_id, entered.organization is not null
  from invitations i
  left join users u
    on u.id = p_user
    and u.email_verified_at is not null
    and lower(u.email) = lower(i.email)
  left join lateral (
    select set_config('app.user', u.id::text, true),
           set_config('app.organization', i.organization_id::text, true) as organization
    where u.id is not null
    offset 0) entered on true
  where i.id = p_invitation;
end;
revoke execute on function enter_by_invitation(uuid, uuid) from public;
grant execute on function enter_by_invitation(uuid, uuid) to turnout_app;

-- The open invitations of an account's proved address, whichever tenants they are of, oldest first.
create function invitations_of(p_user uuid, p_now timestamptz, p_after uuid, p_limit integer)
  returns table (
    id uuid, organization_id uuid, organization_name text, role text, invited_by_name text,
    created_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select i.id, i.organization_id, o.name, i.role, inviter.name, i.created_at, i.expires_at
  from users u
  join invitations i on lower(i.email) = lower(u.email)
  join organizations o on o.id = i.organization_id
  left join users inviter on inviter.id = i.invited_by
  where u.id = p_user
    and u.email_verified_at is not null
    and i.ended_at is null
    and i.expires_at > p_now
    and (p_after is null or i.id > p_after)
  order by i.id
  limit p_limit;
end;
revoke execute on function invitations_of(uuid, timestamptz, uuid, integer) from public;
grant execute on function invitations_of(uuid, timestamptz, uuid, integer) to turnout_app;

-- For cleanup, as in V2: addresses of people who did not come are not kept. Answers how many
-- invitations went.
create function remove_invitations(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from invitations where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_invitations(timestamptz) from public;
grant execute on function remove_invitations(timestamptz) to turnout_jobs;
