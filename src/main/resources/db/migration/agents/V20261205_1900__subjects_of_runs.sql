-- The one thing that a person asked to have worked on, such as a topic or a blog post; null for whatever there is to do. It may be gone.
alter table public.agent_runs add column subject uuid;
