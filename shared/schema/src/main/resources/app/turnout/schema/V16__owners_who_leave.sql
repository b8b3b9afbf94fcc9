-- Who changes members or ownership locks the organization first, so who leaves does too: locking the
-- owners' rows did not keep the other owner from being removed in the same moment.
create or replace function organizations_owned_alone(p_user uuid)
  returns table (organization_id uuid, name text)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  perform o.id
    from organizations o
    where o.id in (
      select m.organization_id
      from members m
      where m.user_id = p_user
        and m.role = 'org_owner')
    order by o.id
    for no key update;
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
