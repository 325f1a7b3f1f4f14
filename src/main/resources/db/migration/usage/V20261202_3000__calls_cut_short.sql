-- A call that was ended before its answer was complete, because the person left or cancelled.
alter table public.api_usage_logs drop constraint api_usage_logs_status_known,
  add constraint api_usage_logs_status_known check (status in ('ok', 'refused', 'failed', 'cut_short'));
