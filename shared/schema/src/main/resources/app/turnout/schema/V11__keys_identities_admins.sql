-- Signing keys that change while everybody stays logged in; accounts that are entered by another
-- service's login; how administrators come to be.

-- A key is published some time before it signs, so that by then everybody who keeps a copy has it;
-- the one before it is honoured until the last of its tokens has ended.
alter table signing_keys add column signs_from timestamptz;
update signing_keys set signs_from = created_at;
alter table signing_keys alter column signs_from set not null;
comment on column signing_keys.signs_from is 'tokens are signed with it from then on, until a later key signs';
comment on column signing_keys.retired_at is 'no token of it is honoured from then on; planned ahead when a later key is published';

-- Who comes by another service's login alone has no password: null, which no password matches.
alter table users alter column password_hash drop not null;

-- A login at another service that opens an account here.
create table identities (
  id uuid not null,
  user_id uuid not null,
  provider text not null,
  subject text not null,
  email text not null,
  created_at timestamptz not null,
  constraint identities_pk primary key (id),
  constraint identities_user_fk foreign key (user_id) references users on delete cascade,
  constraint identities_subject unique (provider, subject),
  constraint identities_provider check (provider in ('google', 'github'))
);
comment on table identities is 'owner: identity';
comment on column identities.subject is 'the provider''s own id of its account, which never changes';
comment on column identities.email is 'as the provider had it when the identity was linked; to recognise it by';
create index identities_user on identities (user_id);

-- A way to a provider and back. Its state, nonce, verifier and code are derived from its id.
create table oauth_attempts (
  id uuid not null,
  provider text not null,
  purpose text not null,
  redirect_uri text not null,
  code_challenge text not null,
  locale text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  returned_at timestamptz,
  user_id uuid,
  subject text,
  email text,
  code_expires_at timestamptz,
  redeemed_at timestamptz,
  constraint oauth_attempts_pk primary key (id),
  constraint oauth_attempts_user_fk foreign key (user_id) references users on delete cascade,
  constraint oauth_attempts_purpose check (purpose in ('login', 'link')),
  constraint oauth_attempts_redeemed_once check (redeemed_at is null or code_expires_at is not null)
);
comment on table oauth_attempts is 'owner: identity';
comment on column oauth_attempts.returned_at is 'the provider sent the browser back, which it may do once';
comment on column oauth_attempts.user_id is 'who is let in by the code; null where the code links, for then its bearer says who';
create index oauth_attempts_expires_at on oauth_attempts (expires_at);
create index oauth_attempts_user on oauth_attempts (user_id) where user_id is not null;

-- A provider vouched for the address of an account that is not linked to it. Its owner is asked by
-- mail, and says yes by the mail's token.
create table identity_confirmations (
  id uuid not null,
  user_id uuid not null,
  provider text not null,
  subject text not null,
  email text not null,
  generation integer not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint identity_confirmations_pk primary key (id),
  constraint identity_confirmations_user_fk foreign key (user_id) references users
    on delete cascade
);
comment on table identity_confirmations is 'owner: identity';
create index identity_confirmations_user on identity_confirmations (user_id);
create index identity_confirmations_expires_at on identity_confirmations (expires_at);

-- Who may become an administrator of the platform, by the token that was mailed.
create table admin_invitations (
  id uuid not null,
  email text not null,
  locale text not null,
  generation integer not null,
  token_hash bytea not null,
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  constraint admin_invitations_pk primary key (id),
  constraint admin_invitations_inviter_fk foreign key (invited_by) references users
    on delete set null,
  constraint admin_invitations_ended_once check (accepted_at is null or revoked_at is null)
);
comment on table admin_invitations is 'owner: identity';
create unique index admin_invitations_open on admin_invitations (lower(email))
  where accepted_at is null and revoked_at is null;
create index admin_invitations_expires_at on admin_invitations (expires_at);
create index admin_invitations_inviter on admin_invitations (invited_by);

grant select, insert, update, delete on identities to turnout_app;
grant select, insert, update on oauth_attempts, identity_confirmations, admin_invitations
  to turnout_app;

-- The relay mails the tokens, and tells owners what was linked.
grant select (id, provider, email) on identities to turnout_jobs;
grant select (id, user_id, provider, email, generation, expires_at, used_at)
  on identity_confirmations to turnout_jobs;
grant select (id, email, locale, generation, expires_at, accepted_at, revoked_at)
  on admin_invitations to turnout_jobs;

-- For cleanup, as in V2 and V8.
create function remove_oauth_attempts(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from oauth_attempts where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_oauth_attempts(timestamptz) from public;
grant execute on function remove_oauth_attempts(timestamptz) to turnout_jobs;

create function remove_identity_confirmations(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from identity_confirmations where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_identity_confirmations(timestamptz) from public;
grant execute on function remove_identity_confirmations(timestamptz) to turnout_jobs;

-- Who invited whom stays in the audit log.
create function remove_admin_invitations(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from admin_invitations where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_admin_invitations(timestamptz) from public;
grant execute on function remove_admin_invitations(timestamptz) to turnout_jobs;
