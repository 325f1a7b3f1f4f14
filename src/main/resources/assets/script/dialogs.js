// A link or form with the dialog as its target opens it with the answer; without scripts the answer is a page of its own.
const dialog = find('#dialog');
on('htmx:afterSwap', event => {
  if (event.detail.target.id !== 'dialog-content') return;
  if (!dialog.open) dialog.showModal();
  find('[autofocus]', dialog)?.focus();
});
all('dialog').forEach(each => each.addEventListener('click', event => event.target === each && each.close()));

on('click', event => {
  const button = event.target.closest('[data-close]');
  const closed = button?.closest('.toast-line, dialog');
  if (closed?.matches('dialog')) closed.close();
  else closed?.remove();
  if (event.target.closest('[data-keys]')) find('#keys').showModal();
  all('details.menu[open]').forEach(menu => menu.contains(event.target) || menu.removeAttribute('open'));
});
