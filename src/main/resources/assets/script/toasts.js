// A toast that only confirms disappears by itself; a problem stays until it is closed.
const settle = line => {
  if (line.dataset.settled) return;
  line.dataset.settled = 'true';
  if (!line.matches('.is-problem')) setTimeout(() => line.matches(':hover, :focus-within') || line.remove(), 6000);
};
const toast = (text, problem = false) => {
  const line = find('#toast-template').content.firstElementChild.cloneNode(true);
  line.classList.toggle('is-problem', problem);
  find('[data-text]', line).textContent = text;
  find('#toasts').append(line);
  settle(line);
};
whenShown(() => all('.toast-line').forEach(settle));

on('click', event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  navigator.clipboard.writeText(button.dataset.copy)
    .then(() => toast('Copied.'), () => toast('The browser did not allow copying.', true));
});
on('htmx:responseError', event => toast(event.detail.xhr.status === 403
  ? 'This page was open for too long. Reload it; what you typed is still here.'
  : 'That did not work, and nothing was changed. Try again in a moment.', true));
on('htmx:sendError', () => toast('The server cannot be reached. Is it running, and are you online?', true));
