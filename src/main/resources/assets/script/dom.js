// Everything in these scripts is a convenience: each page also works with scripts switched off. The files are served as one
// module, in their order; this one holds what the others share.
const root = document.documentElement;
const find = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const on = (type, action) => document.addEventListener(type, action);
// Runs now, and again whenever something new is in the page.
const whenShown = action => {
  action();
  on('htmx:afterSettle', action);
};
