-- The parameters that a model was found not to take, which later calls leave out. A month later the model is asked again.
create table public.refused_parameters (
  user_id uuid not null default auth.uid(),
  service text not null constraint refused_parameters_service_known check (service in ('openai', 'anthropic', 'perplexity')),
  model text not null,
  parameter text not null,
  found_at timestamptz not null default now(),
  primary key (user_id, service, model, parameter)
);
select tenancy.declare('public.refused_parameters', 'parameter a model does not take', 'parameters models do not take', 1000,
  '{select,insert,update}', '{found_at}', '{"service": 64, "model": 100, "parameter": 64}', beyond => 'oldest go', age => 'found_at', may_go => 'true');
