-- Tenants and their members.

create table organizations (
  id uuid not null,
  name text not null,
  type text not null,
  plan text not null,
  plan_valid_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint organizations_pk primary key (id),
  constraint organizations_type check (type in ('school', 'enterprise', 'event')),
  constraint organizations_plan check (plan in ('free', 'basic', 'professional', 'enterprise'))
);
comment on table organizations is 'owner: organizations';

create table members (
  organization_id uuid not null,
  user_id uuid not null,
  role text not null,
  created_at timestamptz not null,
  constraint members_pk primary key (organization_id, user_id),
  constraint members_organization_fk foreign key (organization_id) references organizations
    on delete cascade,
  constraint members_user_fk foreign key (user_id) references users on delete cascade,
  constraint members_role check (
    role in ('org_owner', 'org_admin', 'org_manager', 'org_operator', 'org_viewer'))
);
comment on table members is 'owner: organizations';
create index members_user on members (user_id);

-- A caller enters here, in one statement: who is not a member enters nothing.
create function enter_as_member(p_user uuid, p_organization uuid) returns setof text
  language sql volatile security definer set search_path = public
begin atomic
  select m.role
  from members m
  cross join lateral (
    select set_config('app.user', m.user_id::text, true),
           set_config('app.organization', m.organization_id::text, true)
    where m.user_id is not null
    offset 0) entered
  where m.user_id = p_user
    and m.organization_id = p_organization;
end;
revoke execute on function enter_as_member(uuid, uuid) from public;
grant execute on function enter_as_member(uuid, uuid) to turnout_app;

alter table members enable row level security;
create policy members_of_organization on members
  to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy members_own on members
  for select to turnout_app
  using (user_id = current_account());
alter table organizations enable row level security;
create policy organizations_entered on organizations
  to turnout_app
  using (id = current_organization())
  with check (id = current_organization());
create policy organizations_own on organizations
  for select to turnout_app
  using (exists (
    select from members m
    where m.organization_id = id
      and m.user_id = current_account()));

create policy organizations_jobs on organizations to turnout_jobs using (true) with check (true);
create policy members_jobs on members for select to turnout_jobs using (true);

grant select, insert, update on organizations to turnout_app;
grant select, insert, update, delete on members to turnout_app;
grant select on organizations, members to turnout_jobs;
