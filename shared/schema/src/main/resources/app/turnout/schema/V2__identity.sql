-- Accounts, their sessions and the public keys of access tokens. Users belong to no organization.

create table users (
  id uuid not null,
  email text not null,
  name text not null,
  locale text not null,
  password_hash text not null,
  email_verified_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint users_pk primary key (id)
);
comment on table users is 'owner: identity';
create unique index users_email on users (lower(email));

create table email_verifications (
  id uuid not null,
  user_id uuid not null,
  generation integer not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint email_verifications_pk primary key (id),
  constraint email_verifications_user_fk foreign key (user_id) references users on delete cascade
);
comment on table email_verifications is 'owner: identity';
create index email_verifications_user on email_verifications (user_id);

-- A session is a family of refresh tokens: only the newest generation opens it.
create table sessions (
  id uuid not null,
  user_id uuid not null,
  organization_id uuid,
  generation integer not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  rotated_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text,
  constraint sessions_pk primary key (id),
  constraint sessions_user_fk foreign key (user_id) references users on delete cascade
);
comment on table sessions is 'owner: identity';
create index sessions_user on sessions (user_id);

-- Only migrate writes here: a function that could would sign for everybody.
create table signing_keys (
  key_id text not null,
  public_key text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  constraint signing_keys_pk primary key (key_id)
);
comment on table signing_keys is 'owner: maintenance';
comment on column signing_keys.public_key is 'Ed25519, 32 bytes in base64url: JWK''s x';

grant select, insert, update on users, email_verifications, sessions to turnout_app;
grant select on signing_keys to turnout_app;
grant select on users, email_verifications to turnout_jobs;

-- For cleanup. A revoked session is kept until it would have expired, so that its reuse is noticed.
-- Answers how many sessions went.
create function remove_sessions(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from sessions where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_sessions(timestamptz) from public;
grant execute on function remove_sessions(timestamptz) to turnout_jobs;
