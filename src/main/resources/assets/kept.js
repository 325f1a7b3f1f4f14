// What is being written is kept in this tab until it is saved: through a reload, a sign-in that ended, a server that is away.
// Each form that is marked has one entry, under its person and its address. It is gone when the page that follows says that
// it was saved, when it is given up, and when the person signs out.
(() => {
  const prefix = 'coral:kept:';
  const person = document.body.dataset.person;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const store = (() => {
    try { return window.sessionStorage; } catch { return null; }
  })();
  if (!store) return;
  const keys = () => Object.keys(store).filter(key => key.startsWith(prefix));
  const keyOf = form => `${prefix}${person}:${new URL(form.action).pathname}`;
  const read = key => {
    try { return JSON.parse(store.getItem(key)); } catch { return null; }
  };
  const write = (key, entry) => {
    try { store.setItem(key, JSON.stringify(entry)); } catch { /* The tab's room is used up: it goes on without. */ }
  };
  const fields = form => [...form.elements].filter(field => field.name && field.name !== '_csrf'
    && !['file', 'password', 'submit', 'button', 'checkbox', 'radio'].includes(field.type));
  const valuesOf = form => Object.fromEntries(fields(form).map(field => [field.name, field.value]));
  const differ = (form, one, other) => fields(form).some(field => field.type !== 'hidden' && one[field.name] !== other[field.name]);
  const fill = (form, values) => fields(form).forEach(field => {
    if (!(field.name in values)) return;
    field.value = values[field.name];
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

  // What was sent is done with when the answer says so. Any other answer leaves it to be sent again.
  const saved = find('#toasts .toast-line:not(.is-problem)');
  const refused = new Set();
  keys().forEach(key => {
    const entry = read(key);
    if (!entry?.sent) return;
    if (saved) return store.removeItem(key);
    refused.add(key);
    write(key, { values: entry.values });
  });

  const shown = new Map();
  const offerToDiscard = (form, key) => {
    const note = find('#kept-template').content.firstElementChild.cloneNode(true);
    find('button', note).addEventListener('click', () => {
      fill(form, shown.get(form));
      store.removeItem(key);
      note.remove();
    });
    form.before(note);
  };
  // Once the page's own listeners are there, so that what depends on the text follows it.
  document.addEventListener('DOMContentLoaded', () => all('form[data-keep]').forEach(form => {
    const key = keyOf(form);
    const entry = read(key);
    shown.set(form, valuesOf(form));
    if (entry && differ(form, entry.values, shown.get(form))) {
      fill(form, entry.values);
      offerToDiscard(form, key);
    } else if (!refused.has(key)) {
      store.removeItem(key);
    }
  }));

  document.addEventListener('input', event => {
    const form = event.target.form;
    if (!form?.matches('[data-keep]')) return;
    const values = valuesOf(form);
    const key = keyOf(form);
    if (refused.has(key) || differ(form, values, shown.get(form))) write(key, { values });
    else store.removeItem(key);
  });
  document.addEventListener('submit', event => {
    const form = event.target;
    if (new URL(form.action).pathname === '/auth/sign-out') return keys().forEach(key => store.removeItem(key));
    if (!event.defaultPrevented && form.matches('[data-keep]')) write(keyOf(form), { values: valuesOf(form), sent: true });
  });
  document.addEventListener('click', event => {
    const link = event.target.closest('[data-give-up]');
    if (link) store.removeItem(keyOf(link.closest('form')));
  });

  all('[data-kept-here]').forEach(words => { words.hidden = !keys().length; });
})();
