-- One row that each process writes anew every few seconds, and so learns whether a commit gets through.
create table jobs.pulse (
  one boolean primary key default true check (one)
);
grant select, insert, update on jobs.pulse to coral_jobs;
