// The rows of a list are selected one by one, all at once, or as a range with shift; a bar shows how many.
const boxes = list => all('input[type=checkbox][name=id]', list);
const showSelection = master => {
  const list = master.closest('form');
  const chosen = boxes(list).filter(box => box.checked).length;
  master.checked = chosen > 0 && chosen === boxes(list).length;
  master.indeterminate = chosen > 0 && !master.checked;
  all('[data-selection]', list).forEach(bar => bar.toggleAttribute('data-none', chosen === 0));
  all('[data-selection-count]', list).forEach(count => { count.textContent = `${chosen} selected`; });
};
whenShown(() => all('[data-select-all]').forEach(showSelection));
on('change', event => {
  const box = event.target;
  const list = box.matches('input[type=checkbox]') && box.closest('form');
  const master = list && find('[data-select-all]', list);
  if (!master) return;
  if (box === master) boxes(list).forEach(other => { other.checked = master.checked; });
  showSelection(master);
});
let lastBox = null;
on('click', event => {
  const box = event.target;
  if (!box.matches('input[type=checkbox][name=id]')) return;
  const list = boxes(box.closest('form'));
  if (event.shiftKey && lastBox && list.includes(lastBox)) {
    const [from, to] = [list.indexOf(lastBox), list.indexOf(box)].sort((a, b) => a - b);
    list.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
  lastBox = box;
});

// Empty filters stay out of the address.
on('htmx:configRequest', event => {
  const { verb, parameters } = event.detail;
  if (verb === 'get') Object.keys(parameters).forEach(name => parameters[name] === '' && delete parameters[name]);
});
// Typing in a search makes one entry in the browser's history, and so does an address that has not changed.
let typed = null;
on('htmx:beforeHistoryUpdate', event => {
  const { history: update, requestConfig } = event.detail;
  const typing = requestConfig.triggeringEvent?.type === 'input';
  const here = location.pathname + location.search;
  if (update.path === here || (typing && typed === here)) update.type = 'replace';
  typed = typing || update.path === here ? update.path : null;
});
