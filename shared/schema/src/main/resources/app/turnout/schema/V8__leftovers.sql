-- For cleanup, as in V2. What was registered and never proved goes, with the password it would have
-- had; an account that nothing is left of waits for the next registration of its address.
create function remove_email_verifications(p_expired_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from email_verifications where expires_at < p_expired_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_email_verifications(timestamptz) from public;
grant execute on function remove_email_verifications(timestamptz) to turnout_jobs;

-- Dead letters stay until somebody has looked.
create function remove_outbox_messages(p_sent_before timestamptz) returns bigint
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with removed as (
    delete from outbox_messages where sent_at < p_sent_before returning 1)
  select count(*) from removed;
end;
revoke execute on function remove_outbox_messages(timestamptz) from public;
grant execute on function remove_outbox_messages(timestamptz) to turnout_jobs;
revoke delete on outbox_messages from turnout_jobs;

create index email_verifications_expires_at on email_verifications (expires_at);
create index outbox_messages_sent_at on outbox_messages (sent_at) where sent_at is not null;
