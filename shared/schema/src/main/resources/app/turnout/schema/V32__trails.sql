-- How somebody moves is told by the pings of some minutes. They are kept with what was computed, so
-- that the next time the pings since then alone are read: thirty pages a participant less.

alter table etas
  add column trail double precision[] not null default '{}',
  add constraint etas_trail check (cardinality(trail) % 4 = 0);
comment on column etas.trail is
  'the last minutes'' pings, thinned, in the order of time, four numbers each: microseconds since '
  '1970, latitude, longitude, accuracy in metres';
