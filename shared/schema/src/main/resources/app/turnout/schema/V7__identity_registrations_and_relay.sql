-- Anybody can register anybody's address. So what was registered waits with the mail that proves the
-- address, and only the token of that mail makes it the account's: who owns the address chooses by
-- the mail they answer, and nobody else's password comes with it.
alter table email_verifications
  add column name text not null,
  add column locale text not null,
  add column password_hash text not null;

-- The relay writes to accounts, and needs nothing else of them.
revoke select on users, email_verifications from turnout_jobs;
grant select (id, email, locale, email_verified_at) on users to turnout_jobs;
grant select (id, user_id, generation, locale, expires_at, used_at) on email_verifications
  to turnout_jobs;

-- The order in which messages leave. Ids do not tell: two of the same millisecond compare by chance.
-- The relay looks for the first open one, of which there are few among all that were ever sent.
alter table outbox_messages add column position bigint not null generated always as identity;
drop index outbox_messages_open;
drop index outbox_messages_due;
create index outbox_messages_open on outbox_messages (position)
  where sent_at is null and dead_at is null;
create index outbox_messages_open_by_key on outbox_messages (ordering_key, position)
  where sent_at is null and dead_at is null;
