-- The text of a post as a search reads it, which PostgreSQL keeps beside the text. Words, digits and symbols stand between single
-- spaces, in lower case, without accents, points, invisible characters and punctuation; ligatures and full width are plain letters.
-- Words that are searched for are made into patterns over it by the same function.
do $do$
declare
  -- Letter case must not depend on the database's own locale.
  casing text := (select collname from pg_catalog.pg_collation where collname in ('pg_c_utf8', 'und-x-icu', 'default')
    order by collname = 'default', collname limit 1);
  marks text := '\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f'
    '\u202a-\u202e\u2061-\u206f\ufe00-\ufe0f\ufeff';
  symbols text := '#$%&*+<=>@|~\u00a2-\u00a9\u00ac\u00ae-\u00b1\u00b6\u20a0-\u20cf\u2100-\u2bff\U0001f000-\U0001faff';
  punctuation text := '\u0001-\u001f!"''(),\-./:;?[\\\]^_`{}\u007f-\u00a1\u00ab\u00b4\u00b7\u00b8\u00bb\u00bf\u02b0-\u02ff\u055a-\u055f\u0589'
    '\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u200a\u2010-\u2029\u202f-\u205f\u3000-\u3003\u3008-\u3020'
    '\u3030\u30fb';
begin
  execute format($f$
    create function public.search_text(content text) returns text language sql immutable strict parallel safe as $body$
      select left(regexp_replace(regexp_replace(' ' || case when octet_length(content) = length(content) then lower(content) else
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(normalize(lower(regexp_replace(
          -- Joiners bound the runs of marks, which are sorted in quadratic time.
          normalize(regexp_replace(content, '([^\u0001-\u007f]{200})', E'\\1\u2060', 'g'), NFKD),
          %1$L, '', 'g') collate pg_catalog.%2$I), NFC), E'\u2060', ''),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ς', 'σ'), 'ı', 'i'), 'ø', 'o'), 'ł', 'l'), 'đ', 'd') end || ' ',
        %3$L, ' \1 ', 'g'), %4$L, ' ', 'g'), 60000)
    $body$ $f$,
    '[' || marks || ']+', casing, '([' || symbols || '])', format('(?: [ %1$s]|[%1$s])[ %1$s]*', punctuation));
end $do$;

-- What a person types, in pieces of which a quote begins those to be taken as they are, as expressions that all have to match. A word
-- is found as the beginning of a longer one, in scripts that write words together anywhere, and with the usual other endings; a last
-- letter that is doubled may stand once, and the other way round: run, running. Pieces without a word are left out, and find nothing alone.
create function public.search_patterns(pieces text[]) returns text[] language sql immutable strict parallel safe as $f$
  select case when pieces = '{}' then '{}' else coalesce(array_agg(case
      when folded ~ '^ [a-z]+ $' and piece not like '"%' then ' (?:' || btrim(folded) || coalesce((
        select string_agg('|' || regexp_replace((regexp_match(btrim(folded), '^(...+?)(?:' || endings || ')$'))[1], '^(.+?)(.)\2?$', '\1\2\2?')
          || '(?:' || endings || ')? ', '')
        from unnest('{ies|ied|y,ings|ing|ers|er|ed|es|e|s,ern|em|en|es|os|as|e|n|s|o|a|i}'::text[]) as groups (endings)), '') || ')'
      when folded ~ '[\u0590-\u109f\u1100-\u1c8f\u1cc0-\u1cff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]' then btrim(literal)
      else rtrim(literal) end), '{(?!)}') end
  from unnest(pieces) as typed (piece), public.search_text(piece) as folded, regexp_replace(folded, '([$*+|])', '\\\1', 'g') as literal
  where folded <> ' '
$f$;
revoke all on function public.search_text(text), public.search_patterns(text[]) from public;
grant execute on function public.search_text(text), public.search_patterns(text[]) to authenticated;

alter table public.tweets_cache
  add column search_text text not null generated always as (public.search_text(content)) stored,
  add constraint tweets_cache_search_text_length check (octet_length(search_text) <= 240000);
alter table public.tweets
  add column search_text text not null generated always as (public.search_text(content)) stored,
  add constraint tweets_search_text_length check (octet_length(search_text) <= 240000);
