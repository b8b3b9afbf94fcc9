-- What everybody may read: published public events, and unlisted ones for who has their link.
--
-- The catalogue has no row-level security: under a policy, indexes of trigrams and of places are not
-- used, since their operators are not leakproof. So it holds only what is public, and nobody writes to
-- it but refresh_catalogue(), which computes it anew from what the tenants keep. Asking for that can
-- do no harm whoever asks: what comes of it is the truth, or nothing.

create extension if not exists pg_trgm schema public;
-- Places are points on the unit sphere in three dimensions, where neither a pole nor the antimeridian
-- is an edge.
create extension if not exists cube schema public;

-- For looking up and sorting: small letters without accents, Cyrillic and Greek ones in Latin.
create function folded(p_text text) returns text
  language sql immutable strict parallel safe
  return
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(
      translate(
        regexp_replace(lower(normalize(lower(p_text), nfkd)), '[\u0300-\u036f]', '', 'g'),
        'абвгдезиклмнопрстуфыэієґøłđðıαβγδεζηικλμνξοπρσςτυφχωъь',
        'abvgdeziklmnoprstufyeieg' || 'olddi' || 'abgdeziiklmnxoprsstyfho'),
      'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'shch'), 'ю', 'yu'),
      'я', 'ya'), 'θ', 'th'), 'ψ', 'ps'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');

-- What a word of a search is looked for as, with `like`.
create function pattern_of(p_word text) returns text
  language sql immutable strict parallel safe
  return '%' || regexp_replace(folded(p_word), '([\\%_])', '\\\1', 'g') || '%';

-- The readable part of a public address; empty when a title has none.
create function slug_of(p_title text) returns text
  language sql immutable strict parallel safe
  return trim('-' from left(trim('-' from regexp_replace(folded(p_title), '[^a-z0-9]+', '-', 'g')), 60));

create function on_sphere(p_latitude double precision, p_longitude double precision)
  returns public.cube
  language sql immutable strict parallel safe
  return public.cube(array[
    cosd(p_latitude) * cosd(p_longitude),
    cosd(p_latitude) * sind(p_longitude),
    sind(p_latitude)]);

create aggregate box_around(public.cube) (
  sfunc = public.cube_union, stype = public.cube, parallel = safe);

-- Addresses that events have had. They stay with them, whatever becomes of the title, and while they
-- are not public.
create table event_slugs (
  slug text not null,
  organization_id uuid not null,
  event_id uuid not null,
  title_slug text not null,
  constraint event_slugs_pk primary key (slug),
  constraint event_slugs_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade
);
comment on table event_slugs is 'owner: events';
comment on column event_slugs.title_slug is 'of the title that it was made for';
create index event_slugs_event on event_slugs (event_id);
alter table event_slugs enable row level security;
create policy event_slugs_tenant on event_slugs to turnout_app
  using (organization_id = current_organization())
  with check (organization_id = current_organization());
create policy event_slugs_jobs on event_slugs to turnout_jobs using (true) with check (true);
grant select on event_slugs to turnout_app, turnout_jobs;

create table catalogue_entries (
  event_id uuid not null,
  organization_id uuid not null,
  organization_name text not null,
  slug text not null,
  former_slugs text[] not null,
  is_listed boolean not null,
  title text not null,
  description text,
  language text not null,
  translations jsonb not null,
  category text,
  type text not null,
  status text not null,
  image_url text,
  time_zone text not null,
  area_id uuid,
  area_name text,
  address text,
  city text,
  latitude double precision,
  longitude double precision,
  capacity integer,
  registration_deadline timestamptz,
  registration_closed_at timestamptz,
  price_min bigint not null,
  price_max bigint not null,
  currency text,
  ticket_types jsonb not null,
  parts jsonb not null,
  first_starts_at timestamptz not null,
  last_ends_at timestamptz not null,
  title_key text not null,
  category_key text,
  search_text text not null,
  city_keys text[] not null,
  places public.cube,
  is_touring boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint catalogue_entries_pk primary key (event_id),
  constraint catalogue_entries_slug unique (slug),
  constraint catalogue_entries_event_fk foreign key (organization_id, event_id)
    references events (organization_id, id) on delete cascade
);
comment on table catalogue_entries is 'owner: events';
comment on column catalogue_entries.is_listed is
  'whether lists, areas and feeds of organizations show it; else who has its address does';
comment on column catalogue_entries.price_min is
  'in minor units of the currency; 0 is free. Currency is null where nothing is sold';
comment on column catalogue_entries.ticket_types is
  'those that are offered, in their order; empty where there is only general admission';
comment on column catalogue_entries.parts is 'rows of series, for calendars';
comment on column catalogue_entries.city_keys is 'of all dates';
comment on column catalogue_entries.places is
  'a box around the places of all dates; a point unless it is touring';
create index catalogue_entries_organization on catalogue_entries (organization_id, event_id);
-- Without a list of what is pending, which every search would read through.
create index catalogue_entries_former_slugs on catalogue_entries using gin (former_slugs)
  with (fastupdate = off);
create index catalogue_entries_search on catalogue_entries using gin (search_text gin_trgm_ops)
  with (fastupdate = off) where is_listed;
create index catalogue_entries_title on catalogue_entries (title_key, event_id) where is_listed;
create index catalogue_entries_price on catalogue_entries (price_min, event_id) where is_listed;
create index catalogue_entries_newest on catalogue_entries (event_id) where is_listed;
create index catalogue_entries_category on catalogue_entries (category_key) where is_listed;
create index catalogue_entries_cities on catalogue_entries using gin (city_keys)
  with (fastupdate = off) where is_listed;
create index catalogue_entries_places on catalogue_entries using gist (places) where is_listed;
create index catalogue_entries_tours on catalogue_entries using gist (places)
  where is_listed and is_touring;
create index catalogue_entries_area on catalogue_entries (area_id) where is_listed;

-- A date is an event's next one from previous_ends_at until it ends: so "the next date of each event
-- after any moment" is one condition, and is never stale.
create table catalogue_dates (
  event_id uuid not null,
  occurrence_id uuid not null,
  organization_id uuid not null,
  original_start timestamp not null,
  is_listed boolean not null,
  local_start timestamp not null,
  local_end timestamp not null,
  time_zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  previous_ends_at timestamptz not null,
  is_last boolean not null,
  is_long boolean not null,
  status text not null,
  title text,
  description text,
  area_id uuid,
  area_name text,
  address text,
  city text,
  latitude double precision,
  longitude double precision,
  capacity integer,
  available integer,
  is_moved boolean not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint catalogue_dates_pk primary key (event_id, original_start),
  constraint catalogue_dates_entry_fk foreign key (event_id) references catalogue_entries
    on delete cascade
);
comment on table catalogue_dates is 'owner: events';
comment on column catalogue_dates.is_listed is
  'whether searches find the event by this date: those to come and the last one';
comment on column catalogue_dates.previous_ends_at is
  'of the listed date before; -infinity for the first, and for what is not listed';
comment on column catalogue_dates.available is 'how many places are free; null where nothing limits';
comment on column catalogue_dates.is_long is
  'of more than twelve hours: no search need look further back for others that have begun';
comment on column catalogue_dates.title is 'as the description: null where it is the event''s';
-- Few, since a series may have hundreds of dates: what an event is looked up by stands in its entry.
create index catalogue_dates_next on catalogue_dates (event_id, ends_at) where is_listed;
create index catalogue_dates_start on catalogue_dates (starts_at, event_id) where is_listed;
create index catalogue_dates_long on catalogue_dates using gist (tstzrange(starts_at, ends_at))
  where is_listed and is_long;
grant select on catalogue_entries, catalogue_dates to turnout_app, turnout_jobs;
-- Requests are many and small: whole tables read by several processes at once would look cheaper than
-- an index to the planner, and take the cores from the others.
alter role turnout_app set max_parallel_workers_per_gather = 0;

-- The address of an event under this title: the one that it had, or a new one. Unlisted events have
-- what cannot be guessed in theirs.
create function event_slug(
    p_organization uuid, p_event uuid, p_title text, p_is_guessable boolean) returns text
  language plpgsql volatile set search_path = public, pg_temp
as $$
declare
  base constant text := slug_of(p_title);
  digits constant text := replace(p_event::text, '-', '');
  candidate text;
  found_slug text;
begin
  select slug into found_slug
    from event_slugs
    where event_id = p_event and title_slug = base
    order by slug
    limit 1;
  if found then
    return found_slug;
  end if;
  foreach candidate in array array[
    case when p_is_guessable and base <> ''
      and base !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then base end,
    case when p_is_guessable and base <> '' then base || '-' || right(digits, 6) end,
    trim('-' from base || '-' || right(digits, 16)),
    trim('-' from base || '-' || digits)]
  loop
    if candidate is not null then
      insert into event_slugs (slug, organization_id, event_id, title_slug)
        values (candidate, p_organization, p_event, base)
        on conflict (slug) do nothing
        returning slug into found_slug;
      if found_slug is not null then
        return found_slug;
      end if;
    end if;
  end loop;
  raise exception 'no address is left for event %', p_event;
end $$;
revoke execute on function event_slug(uuid, uuid, text, boolean) from public;

-- Computes anew what everybody may read of these events, and of them only. Safe to repeat.
create function refresh_catalogue(p_events uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  shown uuid[];
begin
  -- One at a time: of two who changed different things of an event, the later one sees both.
  perform from events e where e.id = any(p_events) order by e.id for no key update;

  shown := array(
    select e.id
    from events e
    join organizations g on g.id = e.organization_id
    where e.id = any(p_events)
      and e.status <> 'draft'
      and e.visibility <> 'private'
      and g.deletion_due_at is null
      and exists (select from occurrences o where o.event_id = e.id));

  delete from catalogue_entries
    where event_id = any(p_events)
      and event_id not in (select unnest(shown));
  if shown = '{}' then
    return;
  end if;

  insert into catalogue_entries as kept (
    event_id, organization_id, organization_name, slug, former_slugs, is_listed, title, description,
    language, translations, category, type, status, image_url, time_zone, area_id, area_name,
    address, city, latitude, longitude, capacity, registration_deadline, registration_closed_at,
    price_min, price_max, currency, ticket_types, parts, first_starts_at, last_ends_at, title_key,
    category_key, search_text, city_keys, places, is_touring, created_at, updated_at, version)
  select
    e.id, e.organization_id, g.name, addressed.slug,
    array(
      select s.slug
      from event_slugs s
      where s.event_id = e.id and s.slug <> addressed.slug
      order by s.slug),
    e.visibility = 'public' and e.archived_at is null,
    e.title, e.description, e.language, e.translations, e.category, e.type, e.status, e.image_url,
    e.time_zone, e.area_id, a.name, a.address, a.city, coalesce(e.latitude, a.latitude),
    coalesce(e.longitude, a.longitude), e.capacity, e.registration_deadline,
    e.registration_closed_at, coalesce(sold.price_min, 0), coalesce(sold.price_max, 0),
    sold.currency, coalesce(sold.ticket_types, '[]'), coalesce(ruled.parts, '[]'),
    held.first_starts_at, held.last_ends_at, left(folded(e.title), 100), folded(e.category),
    folded(concat_ws(
      ' ', e.title, e.description, e.category, a.name, a.city,
      (select string_agg(concat_ws(' ', said.value ->> 'title', said.value ->> 'description'), ' ')
       from jsonb_each(e.translations) said))),
    placed.city_keys, placed.places, placed.is_touring, e.created_at, e.updated_at, e.version
  from events e
  join organizations g on g.id = e.organization_id
  left join areas a on a.id = e.area_id
  cross join lateral (
    select event_slug(e.organization_id, e.id, e.title, e.visibility = 'public') as slug
    offset 0) addressed
  cross join lateral (
    select min(o.starts_at) as first_starts_at, max(o.ends_at) as last_ends_at
    from occurrences o
    where o.event_id = e.id) held
  cross join lateral (
    select
      array(
        select distinct folded(city)
        from unnest(array_agg(there.city)) city
        where city is not null
        order by 1) as city_keys,
      box_around(on_sphere(there.latitude, there.longitude)) as places,
      count(distinct (there.latitude, there.longitude)) filter (where there.latitude is not null) > 1
        as is_touring
    from (
      select distinct d.city, d.latitude, d.longitude
      from occurrence_details d
      where d.event_id = e.id) there) placed
  cross join lateral (
    select
      min(t.price_amount) as price_min,
      max(t.price_amount) as price_max,
      min(t.price_currency) as currency,
      jsonb_agg(
        jsonb_build_object(
          'id', t.id, 'name', t.name, 'description', t.description, 'amount', t.price_amount,
          'currency', t.price_currency, 'quantity', t.quantity, 'sales_from', t.sales_from,
          'sales_until', t.sales_until, 'max_per_booking', t.max_per_booking)
        order by t.position, t.id) as ticket_types
    from ticket_types t
    where t.event_id = e.id
      and t.archived_at is null) sold
  cross join lateral (
    select
      jsonb_agg(
        jsonb_build_object(
          'local_start', s.local_start, 'local_end', s.local_end, 'time_zone', s.time_zone,
          'rrule', s.rrule, 'rdates', s.rdates, 'exdates', s.exdates,
          'ends_before', s.ends_before, 'title', s.title, 'version', s.version)
        order by s.local_start) as parts
    from series s
    where s.event_id = e.id) ruled
  where e.id = any(shown)
  on conflict (event_id) do update
    set organization_name = excluded.organization_name,
        slug = excluded.slug,
        former_slugs = excluded.former_slugs,
        is_listed = excluded.is_listed,
        title = excluded.title,
        description = excluded.description,
        language = excluded.language,
        translations = excluded.translations,
        category = excluded.category,
        type = excluded.type,
        status = excluded.status,
        image_url = excluded.image_url,
        time_zone = excluded.time_zone,
        area_id = excluded.area_id,
        area_name = excluded.area_name,
        address = excluded.address,
        city = excluded.city,
        latitude = excluded.latitude,
        longitude = excluded.longitude,
        capacity = excluded.capacity,
        registration_deadline = excluded.registration_deadline,
        registration_closed_at = excluded.registration_closed_at,
        price_min = excluded.price_min,
        price_max = excluded.price_max,
        currency = excluded.currency,
        ticket_types = excluded.ticket_types,
        parts = excluded.parts,
        first_starts_at = excluded.first_starts_at,
        last_ends_at = excluded.last_ends_at,
        title_key = excluded.title_key,
        category_key = excluded.category_key,
        search_text = excluded.search_text,
        city_keys = excluded.city_keys,
        places = excluded.places,
        is_touring = excluded.is_touring,
        updated_at = excluded.updated_at,
        version = excluded.version
    where kept.* is distinct from excluded.*;

  delete from catalogue_dates d
    where d.event_id = any(shown)
      and not exists (
        select
        from occurrences o
        where o.event_id = d.event_id
          and o.original_start = d.original_start);

  insert into catalogue_dates as kept (
    event_id, occurrence_id, organization_id, original_start, is_listed, local_start, local_end,
    time_zone, starts_at, ends_at, previous_ends_at, is_last, is_long, status, title, description,
    area_id, area_name, address, city, latitude, longitude, capacity, available, is_moved, updated_at,
    version)
  select
    o.event_id, o.id, o.organization_id, o.original_start, o.is_listed, o.local_start, o.local_end,
    o.time_zone, o.starts_at, o.ends_at,
    case
      when o.is_listed then
        coalesce(
          lag(o.ends_at) over (
            partition by o.event_id, o.is_listed
            order by o.ends_at, o.starts_at, o.original_start),
          '-infinity')
      else '-infinity' end,
    o.is_last, o.ends_at - o.starts_at > interval '12 hours', o.status,
    nullif(d.title, o.entry_title), nullif(d.description, o.entry_description), d.area_id,
    d.area_name,
    d.address, d.city, d.latitude, d.longitude, d.capacity, d.capacity, o.is_moved, o.updated_at,
    o.version
  from (
    select
      ranked.*,
      ranked.is_entry_listed
        and (ranked.is_last or ranked.status in ('scheduled', 'active')) as is_listed
    from (
      select
        dated.*,
        n.title as entry_title,
        n.description as entry_description,
        n.is_listed as is_entry_listed,
        -- The last that takes place, or of those that are all cancelled.
        1 = row_number() over (
          partition by dated.event_id
          order by dated.status = 'cancelled' and n.status <> 'cancelled', dated.ends_at desc,
            dated.starts_at desc, dated.original_start desc) as is_last
      from occurrences dated
      join catalogue_entries n on n.event_id = dated.event_id
      where dated.event_id = any(shown)) ranked) o
  join occurrence_details d on d.id = o.id
  on conflict (event_id, original_start) do update
    set occurrence_id = excluded.occurrence_id,
        is_listed = excluded.is_listed,
        local_start = excluded.local_start,
        local_end = excluded.local_end,
        time_zone = excluded.time_zone,
        starts_at = excluded.starts_at,
        ends_at = excluded.ends_at,
        previous_ends_at = excluded.previous_ends_at,
        is_last = excluded.is_last,
        is_long = excluded.is_long,
        status = excluded.status,
        title = excluded.title,
        description = excluded.description,
        area_id = excluded.area_id,
        area_name = excluded.area_name,
        address = excluded.address,
        city = excluded.city,
        latitude = excluded.latitude,
        longitude = excluded.longitude,
        capacity = excluded.capacity,
        available = excluded.available,
        is_moved = excluded.is_moved,
        updated_at = excluded.updated_at,
        version = excluded.version
    where kept.* is distinct from excluded.*;
end $$;
revoke execute on function refresh_catalogue(uuid[]) from public;
grant execute on function refresh_catalogue(uuid[]) to turnout_app, turnout_jobs;

-- What an organization is called, and that it is closing, is told by the organization itself, at
-- once: a message would leave it in the catalogue for a while.
create function refresh_catalogue_of_organization() returns trigger
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
  if new.deletion_due_at is not null then
    delete from catalogue_entries where organization_id = new.id;
  elsif old.deletion_due_at is not null then
    perform refresh_catalogue(array(select e.id from events e where e.organization_id = new.id));
  else
    update catalogue_entries set organization_name = new.name where organization_id = new.id;
  end if;
  return null;
end $$;
revoke execute on function refresh_catalogue_of_organization() from public;
create trigger organizations_in_catalogue after update of name, deletion_due_at on organizations
  for each row
  when (old.name is distinct from new.name
    or (old.deletion_due_at is null) <> (new.deletion_due_at is null))
  execute function refresh_catalogue_of_organization();

-- What is published already, some at a time.
do $$
declare
  published constant uuid[] := array(select e.id from events e where e.status <> 'draft' order by e.id);
begin
  for i in 1 .. cardinality(published) by 500 loop
    perform refresh_catalogue(published[i : i + 499]);
  end loop;
end $$;
