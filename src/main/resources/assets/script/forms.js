// A form is sent once: a second press while the first is under way does nothing.
on('submit', event => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sending) return event.preventDefault();
  if (form.matches('[hx-get], [hx-post]') || form.method === 'dialog') return;
  form.dataset.sending = 'true';
  event.submitter?.setAttribute('aria-busy', 'true');
});
window.addEventListener('pageshow', () => all('form[data-sending]').forEach(form => {
  delete form.dataset.sending;
  all('[aria-busy]', form).forEach(button => button.removeAttribute('aria-busy'));
}));

// The page of a refused form is the answer to a POST. This makes it one that can be returned to and reloaded.
history.replaceState(history.state, '', location.href);
find('#content [aria-invalid=true]')?.focus();

// Filling in a field under a choice selects the choice.
on('input', event => {
  const choice = event.target.closest('.choice-part')?.previousElementSibling;
  if (choice) find('input[type=radio]', choice).checked = true;
});

whenShown(() => all('[data-time-zone]').forEach(field => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || '';
  if (field.matches('input') || [...field.options].some(option => option.value === here)) field.value = here;
}));

on('click', event => {
  const button = event.target.closest('[data-reveal]');
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === 'text';
  input.type = shown ? 'password' : 'text';
  button.setAttribute('aria-pressed', !shown);
  button.textContent = shown ? 'Show' : 'Hide';
});

// The theme is shown at once and sent to the server for the next page.
on('submit', event => {
  const form = event.target;
  if (!form.matches('[data-theme-form]') || !event.submitter) return;
  event.preventDefault();
  delete form.dataset.sending;
  event.submitter.removeAttribute('aria-busy');
  root.dataset.theme = event.submitter.value;
  root.dispatchEvent(new Event('coral:theme'));
  all('button', form).forEach(button => button.setAttribute('aria-pressed', button === event.submitter));
  const fields = new FormData(form, event.submitter);
  fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
});
