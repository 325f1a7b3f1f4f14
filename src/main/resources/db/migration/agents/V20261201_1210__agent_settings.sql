-- The language model that a person chose for an agent, and how it is to answer. A null is the default.
create table public.agent_settings (
  user_id uuid not null default auth.uid(),
  agent text not null,
  provider text constraint agent_settings_provider_known check (provider in ('openai', 'anthropic', 'perplexity')),
  model text constraint agent_settings_model_shape check (model ~ '^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}$'),
  temperature numeric(3, 2) constraint agent_settings_temperature_range check (temperature between 0 and 2),
  max_output_tokens integer constraint agent_settings_max_output_tokens_range check (max_output_tokens between 16 and 32000),
  updated_at timestamptz not null default now(),
  primary key (user_id, agent),
  constraint agent_settings_model_has_provider check (model is null or provider is not null)
);
select tenancy.declare('public.agent_settings', 'choice of a model', 'choices of models', 100, '{select,insert,update}',
  '{provider,model,temperature,max_output_tokens,updated_at}', '{"agent": 64, "provider": 64, "model": 100}', thing => 'model_choice');
