-- What organisers note of a participant, and who checked them in.

alter table participants
  add column note text,
  add column tags text[] not null default '{}',
  add column status_before_check_in text,
  add column checked_in_by_kind text,
  add column checked_in_by uuid,
  add constraint participants_status_before_check_in check (
    status_before_check_in in ('pending', 'confirmed', 'denied', 'no_show')),
  add constraint participants_checked_in_by_kind check (
    checked_in_by_kind in ('user', 'super_admin', 'api_key', 'arrival'));
comment on column participants.note is 'for the organisers only';
comment on column participants.status_before_check_in is
  'what a check-in that is undone leads back to; null while nobody is checked in';
comment on column participants.checked_in_by is
  'the account or API key; null when the arrival did. Not a reference, since those go';

-- Doubles are looked for within a date.
create index participants_phone on participants (occurrence_id, phone) where phone is not null;
create index participants_email on participants (occurrence_id, lower(email))
  where email is not null;
