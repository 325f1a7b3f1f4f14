-- How a persona writes. The three numbers go from 0 to 100; a null language is that of what a text is written about.
alter table public.personas
  add column humour smallint not null default 20 constraint personas_humour_check check (humour between 0 and 100),
  add column enthusiasm smallint not null default 50 constraint personas_enthusiasm_check check (enthusiasm between 0 and 100),
  add column assertiveness smallint not null default 50 constraint personas_assertiveness_check check (assertiveness between 0 and 100),
  add column expertise text not null default '' constraint personas_expertise_check check (length(expertise) <= 500),
  add column audience text not null default '' constraint personas_audience_check check (length(audience) <= 500),
  add column words_to_use text[] not null default '{}',
  add column words_to_avoid text[] not null default '{}',
  add column taboo_topics text[] not null default '{}',
  add column writing_style text not null default '' constraint personas_writing_style_check check (length(writing_style) <= 2000),
  -- Texts of the person's own, which show the voice better than words about it.
  add column samples text[] not null default '{}',
  add column language text constraint personas_language_shape check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$'),
  -- Lists of one dimension without nulls.
  add constraint personas_words_to_use_shape
    check (cardinality(words_to_use) <= 50 and coalesce(array_ndims(words_to_use), 1) = 1 and array_position(words_to_use, null) is null),
  add constraint personas_words_to_avoid_shape
    check (cardinality(words_to_avoid) <= 50 and coalesce(array_ndims(words_to_avoid), 1) = 1 and array_position(words_to_avoid, null) is null),
  add constraint personas_taboo_topics_shape
    check (cardinality(taboo_topics) <= 50 and coalesce(array_ndims(taboo_topics), 1) = 1 and array_position(taboo_topics, null) is null),
  add constraint personas_samples_shape
    check (cardinality(samples) <= 5 and coalesce(array_ndims(samples), 1) = 1 and array_position(samples, null) is null);
select tenancy.lengths('public.personas', '{"expertise": 2000, "audience": 2000, "words_to_use": 12500, "words_to_avoid": 12500, "taboo_topics": 12500,
  "writing_style": 8000, "samples": 61000, "language": 40}');
grant update (humour, enthusiasm, assertiveness, expertise, audience, words_to_use, words_to_avoid, taboo_topics, writing_style, samples, language)
  on public.personas to authenticated;
