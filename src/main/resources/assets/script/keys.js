// j and k move through the rows of a list. The row's link has the focus, so Enter opens it.
const move = step => {
  const rows = all('[data-row]').filter(row => row.offsetParent);
  if (!rows.length) return;
  const here = rows.findIndex(row => row.classList.contains('is-current') || row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  rows.forEach(row => row.classList.toggle('is-current', row === next));
  // A row that leads nowhere has the focus itself.
  const link = find('[data-row-link]', next);
  if (!link) next.tabIndex = -1;
  (link ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
};
// Opens the editor of the current row, or of the page; in a list without editors, the page of the current row.
const edit = () => {
  const row = find('.is-current');
  const editor = find('details[data-edit]', row ?? document);
  const link = row && find('[data-row-link]', row);
  if (!editor && link) return location.assign(`${link.href}#edit`);
  if (editor) editor.open = true;
  find('textarea', editor ?? document)?.focus();
};
const approve = () => {
  const row = find('.is-current');
  const button = row ? find('[data-approve]', row) : find('#content [data-approve]:not([data-row] *)');
  // What cannot be approved unread is opened.
  (button ?? (row && find('a[data-row-link]', row)) ?? find('#content [data-approve]:not([data-row] *)'))?.click();
};
if (location.hash === '#edit') on('DOMContentLoaded', edit);
const shortcuts = {
  '?': () => find('#keys')?.showModal(),
  '/': () => {
    const search = find('[data-search]');
    if (!search) return location.assign('/knowledge#search');
    search.focus();
    search.select();
  },
  j: () => move(1),
  k: () => move(-1),
  c: () => { const write = find('[data-write]'); write?.matches('a') ? write.click() : write?.focus(); },
  a: approve,
  e: edit,
  x: () => find('.is-current input[type=checkbox]')?.click(),
};
on('keydown', event => {
  const { key, target } = event;
  const menu = key === 'Escape' && find('details.menu[open]');
  if (menu) {
    menu.removeAttribute('open');
    find('summary', menu).focus();
  }
  if (key === 'Escape' && target.matches('[data-search]')) target.blur();
  if (key === 'Enter' && (event.ctrlKey || event.metaKey) && target.matches('textarea')) target.form?.requestSubmit();
  const typing = target.closest('input:not([type=checkbox]), textarea, select, dialog[open]');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = shortcuts[key];
  if (act) { event.preventDefault(); act(); }
});
