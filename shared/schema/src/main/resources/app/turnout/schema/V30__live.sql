-- Who watches a date live, what of it they are shown, and the numbers of its changes.

-- To whom positions are shown beside the organisers; and what was so when somebody gave their
-- consent: who agreed to the organisers sees nothing change when the event opens up later.
alter table events
  add column positions_visible_to text not null default 'organisers',
  add constraint events_positions_visible_to check (
    positions_visible_to in ('organisers', 'participants'));
alter table consents
  add column positions_visible_to text not null default 'organisers',
  add constraint consents_positions_visible_to check (
    positions_visible_to in ('organisers', 'participants'));
comment on column consents.positions_visible_to is 'what the event said when the consent was given';

-- How many changes of a date were told, and which ones last: a change that comes again keeps its
-- number. It goes with the date.
create table live_sequences (
  occurrence_id uuid not null,
  organization_id uuid not null,
  sequence bigint not null,
  changes uuid[] not null,
  numbers bigint[] not null,
  constraint live_sequences_pk primary key (occurrence_id),
  constraint live_sequences_occurrence_fk foreign key (organization_id, occurrence_id)
    references occurrences (organization_id, id) on delete cascade
);
comment on table live_sequences is 'owner: live';
comment on column live_sequences.changes is 'the newest first; as many as a queue gives out at once, and more';
comment on column live_sequences.numbers is 'the last number of each';

alter table live_sequences enable row level security;
create policy live_sequences_tenant on live_sequences for select to turnout_app
  using (organization_id = current_organization());
create policy live_sequences_jobs on live_sequences to turnout_jobs using (true) with check (true);
grant select on live_sequences to turnout_app;
grant select, insert, update on live_sequences to turnout_jobs;

-- Those who watch something of an organization, and may still enter it: members by their role, keys
-- by their permissions, links by their participant. Who may not is left out.
create function watchers_now(
    p_organization uuid, p_kinds text[], p_ids uuid[], p_sessions uuid[], p_now timestamptz)
  returns table (number bigint, role text, permissions text[], participant_id uuid)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select w.number,
         case when u.super_admin_since is null then m.role else 'super_admin' end,
         null::text[],
         null::uuid
  from unnest(p_kinds, p_ids, p_sessions) with ordinality as w (kind, id, session, number)
  join users u on u.id = w.id
  left join members m on m.organization_id = p_organization and m.user_id = u.id
  where w.kind = 'user'
    and u.deactivated_at is null
    and (m.role is not null or u.super_admin_since is not null)
    and not exists (
      select from sessions s
      where s.id = w.session
        and s.revoked_at is not null)
  union all
  select w.number, null, k.permissions, null
  from unnest(p_kinds, p_ids) with ordinality as w (kind, id, number)
  join api_keys k on k.id = w.id
  where w.kind = 'api_key'
    and k.organization_id = p_organization
    and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > p_now)
  union all
  select w.number, null, null, l.participant_id
  from unnest(p_kinds, p_ids) with ordinality as w (kind, id, number)
  join participant_links l on l.id = w.id
  where w.kind = 'link'
    and l.organization_id = p_organization
    and l.revoked_at is null
$$;
revoke execute on function watchers_now(uuid, text[], uuid[], uuid[], timestamptz) from public;
grant execute on function watchers_now(uuid, text[], uuid[], uuid[], timestamptz) to turnout_jobs;

-- One of them enters the organization again, by what was kept when they entered before.
create function enter_as_watcher(
    p_organization uuid, p_kind text, p_id uuid, p_session uuid, p_now timestamptz)
  returns table (role text, permissions text[], participant_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  select w.role, w.permissions, w.participant_id
    into role, permissions, participant_id
    from watchers_now(
      p_organization, array[p_kind], array[p_id], array[p_session], p_now) w;
  if not found then
    return;
  end if;
  perform set_config('app.organization', p_organization::text, true);
  return next;
end $$;
revoke execute on function enter_as_watcher(uuid, text, uuid, uuid, timestamptz) from public;
grant execute on function enter_as_watcher(uuid, text, uuid, uuid, timestamptz) to turnout_app;
