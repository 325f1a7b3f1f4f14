-- As it was; what may go is asked again of each row as it is when it goes, for a run may be tried again at that moment.
create or replace function jobs.drop_oldest(target text) returns bigint
language plpgsql security definer set search_path = '' as $f$
declare
  person uuid := auth.uid();
  bound tenancy.bounds;
  held bigint;
begin
  select * into bound from tenancy.bounds b where b.relation = target and b.beyond = 'oldest go';
  if person is null or bound.relation is null then
    raise exception 'nothing of a tenant whose oldest rows go' using errcode = '42501';
  end if;
  execute format('select count(*) from (select from public.%I where user_id = $1 limit $2) as counted', target)
    into held using person, bound.most + 1000;
  if held > bound.most then
    execute format('delete from public.%1$I where user_id = $1 and (%2$s) and ctid = any (array(
        select ctid from public.%1$I where user_id = $1 and (%2$s) order by %3$I limit $2))', target, bound.may_go, bound.age)
      using person, held - bound.most;
    get diagnostics held = row_count;
    return held;
  end if;
  return 0;
end $f$;
