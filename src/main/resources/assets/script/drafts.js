// Keeps what is being written in this tab until it is saved: through a reload, a session that ended, a server that is away.
// Each form with data-keep has one entry, under its person and its address. The entry goes when the next page says that it
// was saved, when it is given up, and when the person signs out.
const prefix = 'coral:kept:';
const store = (() => {
  try { return window.sessionStorage; } catch { return null; }
})();
const entries = () => Object.keys(store ?? {}).filter(key => key.startsWith(prefix));
const entryOf = form => `${prefix}${document.body.dataset.person}:${new URL(form.action).pathname}`;
const read = key => {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
};
const write = (key, entry) => {
  try { store.setItem(key, JSON.stringify(entry)); } catch { /* There is no store, or it is full: nothing is kept. */ }
};
const drop = key => store?.removeItem(key);
const fields = form => [...form.elements].filter(field => field.name && field.name !== '_csrf'
  && !['file', 'password', 'submit', 'button', 'checkbox', 'radio'].includes(field.type));
const valuesOf = form => Object.fromEntries(fields(form).map(field => [field.name, field.value]));
const differ = (form, one, other) => fields(form).some(field => field.type !== 'hidden' && one[field.name] !== other[field.name]);
// A form that can grow is drawn anew by the server where it has fewer or more parts than what was typed.
const partsOf = values => Object.keys(values).filter(name => name.startsWith('part_')).length;
const lacks = (form, values) => form.dataset.arrange !== undefined && partsOf(values) !== partsOf(valuesOf(form));
const arrange = (form, values) => htmx.ajax('POST', form.dataset.arrange,
  { source: form, values, target: find('#parts', form), select: '#parts', swap: 'outerHTML' });
const fill = (form, values) => fields(form).forEach(field => {
  if (!(field.name in values)) return;
  field.value = values[field.name];
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

// An entry that was sent is dropped when this page confirms it. Otherwise it stays to be sent again.
const saved = find('#toasts .toast-line:not(.is-problem)');
const refused = new Set();
entries().forEach(key => {
  const entry = read(key);
  if (!entry?.sent) return;
  if (saved) return drop(key);
  refused.add(key);
  write(key, { values: entry.values });
});

const shown = new Map();
const offerToDiscard = (form, key) => {
  const note = find('#kept-template').content.firstElementChild.cloneNode(true);
  find('button', note).addEventListener('click', () => {
    fill(form, shown.get(form));
    drop(key);
    note.remove();
  });
  form.before(note);
};
// Waits for the page's other listeners, so that what depends on the text follows it.
on('DOMContentLoaded', () => all('form[data-keep]').forEach(form => {
  const key = entryOf(form);
  const entry = read(key);
  shown.set(form, valuesOf(form));
  if (entry && (differ(form, entry.values, shown.get(form)) || lacks(form, entry.values))) {
    fill(form, entry.values);
    offerToDiscard(form, key);
    if (lacks(form, entry.values)) arrange(form, entry.values);
  } else if (!refused.has(key)) {
    drop(key);
  }
}));

const keep = form => {
  if (!form?.matches('[data-keep]') || !shown.has(form)) return;
  const values = valuesOf(form);
  const key = entryOf(form);
  if (refused.has(key) || differ(form, values, shown.get(form)) || partsOf(values) !== partsOf(shown.get(form))) write(key, { values });
  else drop(key);
};
on('input', event => keep(event.target.form));
// Parts were added, moved or removed.
on('htmx:afterSettle', event => keep(event.target.closest('form')));
on('submit', event => {
  const form = event.target;
  if (new URL(form.action).pathname === '/auth/sign-out') return entries().forEach(drop);
  if (!event.defaultPrevented && form.matches('[data-keep]')) write(entryOf(form), { values: valuesOf(form), sent: true });
});
on('click', event => {
  const link = event.target.closest('[data-give-up]');
  if (link) drop(entryOf(link.closest('form')));
});

all('[data-kept-here]').forEach(words => { words.hidden = !entries().length; });
