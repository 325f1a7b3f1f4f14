-- People that a demo has made. Their password is published, so where it is no demo they are kept out.
create table auth.coral_example_people (
  user_id uuid primary key references auth.users (id) on delete cascade
);
grant select, insert on auth.coral_example_people to coral_auth;
