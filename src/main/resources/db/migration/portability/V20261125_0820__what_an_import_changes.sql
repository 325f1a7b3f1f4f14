-- What must not come over as it was. A post that is about to go out there would go out twice; a persona is the default of one
-- account, and here there is one already.
comment on column public.tweets.status is 'imported: scheduled as draft, publishing as failed';
comment on column public.personas.is_default is 'imported: true as false';
