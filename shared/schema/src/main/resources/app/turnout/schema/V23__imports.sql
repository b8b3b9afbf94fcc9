-- Guest lists that come as CSV: told about, sent in parts, looked at, and then worked off by a queue.

create table participant_imports (
  id uuid not null,
  organization_id uuid not null,
  event_id uuid not null,
  occurrence_id uuid not null,
  status text not null,
  told_encoding text,
  told_separator text,
  told_columns jsonb not null,
  locale text not null,
  on_duplicate text not null,
  encoding text,
  separator text,
  headers text[],
  places jsonb,
  next_offset bigint not null default 0,
  next_line bigint not null default 1,
  rows_read bigint not null default 0,
  rows_added bigint not null default 0,
  rows_updated bigint not null default 0,
  rows_skipped bigint not null default 0,
  rows_invalid bigint not null default 0,
  rows_over_limit bigint not null default 0,
  errors_kept integer not null default 0,
  failure text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint participant_imports_pk primary key (id),
  constraint participant_imports_tenant unique (organization_id, id),
  constraint participant_imports_occurrence_fk foreign key (organization_id, occurrence_id)
    references occurrences (organization_id, id) on delete cascade,
  constraint participant_imports_status check (
    status in ('uploading', 'waiting', 'working', 'completed', 'failed')),
  constraint participant_imports_on_duplicate check (on_duplicate in ('skip', 'update'))
);
comment on table participant_imports is 'owner: participants';
comment on column participant_imports.told_columns is 'headers by field';
comment on column participant_imports.places is 'indexes of columns by field; null before the start';
comment on column participant_imports.next_offset is
  'bytes of the file that are done: it moves in the transaction that stores their rows';
create index participant_imports_listed on participant_imports (event_id, id);
create index participant_imports_occurrence on participant_imports (occurrence_id);
create index participant_imports_stale on participant_imports (updated_at);

-- The file itself, as long as it is needed.
create table participant_import_parts (
  import_id uuid not null,
  number integer not null,
  organization_id uuid not null,
  content bytea not null,
  size integer not null,
  can_be_utf8 boolean not null,
  constraint participant_import_parts_pk primary key (import_id, number),
  constraint participant_import_parts_import_fk foreign key (organization_id, import_id)
    references participant_imports (organization_id, id) on delete cascade
);
comment on table participant_import_parts is 'owner: participants';
-- Read and written once each: not worth compressing.
alter table participant_import_parts alter column content set storage external;

-- What is wrong with lines. It says which column, and never what stood there.
create table participant_import_errors (
  import_id uuid not null,
  line bigint not null,
  position integer not null,
  organization_id uuid not null,
  header text,
  field text not null,
  rule text not null,
  message text not null,
  constraint participant_import_errors_pk primary key (import_id, line, position),
  constraint participant_import_errors_import_fk foreign key (organization_id, import_id)
    references participant_imports (organization_id, id) on delete cascade
);
comment on table participant_import_errors is 'owner: participants';

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
      'participant_imports', 'participant_import_parts', 'participant_import_errors'] loop
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
grant select, insert, update, delete on participant_imports, participant_import_parts to turnout_app;
grant select on participant_import_errors to turnout_app;
grant select, update, delete on participant_imports to turnout_jobs;
grant select, delete on participant_import_parts to turnout_jobs;
grant select, insert, delete on participant_import_errors to turnout_jobs;
grant insert on participants to turnout_jobs;

-- Files that nobody went on with, files that nothing came of, and, a month later, what came of the
-- others.
create function remove_participant_imports(p_untouched_since timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from participant_imports
    where (status = 'uploading' and updated_at < p_untouched_since)
      or (status in ('waiting', 'working') and updated_at < p_untouched_since - interval '7 days')
      or updated_at < p_untouched_since - interval '30 days'
    returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_participant_imports(timestamptz) from public;
grant execute on function remove_participant_imports(timestamptz) to turnout_jobs;
