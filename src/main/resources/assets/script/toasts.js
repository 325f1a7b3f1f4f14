// A toast that only confirms disappears by itself; a problem stays until it is closed.
const settle = line => {
  if (line.dataset.settled) return;
  line.dataset.settled = 'true';
  if (!line.matches('.is-problem')) setTimeout(() => line.matches(':hover, :focus-within') || line.remove(), 6000);
};
const toast = (text, problem = false) => {
  const line = find(problem ? '#problem-template' : '#toast-template').content.firstElementChild.cloneNode(true);
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
// An error page has its sentence below its title.
const sentence = xhr => find('h1 + p', new DOMParser().parseFromString(xhr.responseText, 'text/html'))
  ?.textContent.replace(/\s+/g, ' ').trim();
on('htmx:responseError', ({ detail: { xhr, elt } }) => {
  const row = elt.closest('[data-row]');
  if (xhr.status === 404 && row) {
    if (row.nextElementSibling?.matches('.reason')) row.nextElementSibling.remove();
    row.remove();
  }
  toast(xhr.status === 403
    ? 'This page was open for too long. Reload it; what you typed is still here.'
    : sentence(xhr) || 'That did not work, and nothing was changed. Try again in a moment.', true);
});
on('htmx:sendError', () => toast('The server cannot be reached. Is it running, and are you online?', true));
