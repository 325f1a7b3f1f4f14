// Shows how much of a file is sent, how fast, and how long the rest takes; then how many of its posts are stored so far.
const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB`
  : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
const left = seconds => seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
const pageNow = async () => {
  const answer = await fetch(location.href).catch(() => null);
  return answer?.ok && find('#ended-early', new DOMParser().parseFromString(await answer.text(), 'text/html'));
};
const tellSoFar = async (state, tell) => {
  await new Promise(done => setTimeout(done, 2000));
  if (state.hidden) return;
  const there = await pageNow();
  if (there?.dataset.soFar && !state.hidden) tell(there.dataset.soFar);
  tellSoFar(state, tell);
};
on('htmx:beforeSend', event => {
  const form = event.detail.elt;
  if (!form.matches('[data-upload]')) return;
  const state = find('[data-upload-state]', form);
  const started = Date.now();
  state.hidden = false;
  find('#ended-early').hidden = true;
  const bar = find('progress', state);
  const words = find('[data-upload-words]', state);
  const { upload } = event.detail.xhr;
  let sent = '';
  let stored = '';
  const tell = () => { words.textContent = sent + (stored && ` · ${stored}`); };
  tellSoFar(state, soFar => { stored = soFar; tell(); });
  upload.addEventListener('progress', ({ loaded, total }) => {
    const seconds = (Date.now() - started) / 1000;
    const rate = loaded / Math.max(seconds, 0.1);
    bar.value = 100 * loaded / total;
    sent = `${size(loaded)} of ${size(total)}`
      + (seconds > 2 ? ` · ${size(rate)}/s · ${left((total - loaded) / rate)} left` : '');
    tell();
  });
  upload.addEventListener('load', () => {
    bar.removeAttribute('value');
    sent = 'Uploaded. Reading the file…';
    tell();
  });
});
on('htmx:afterRequest', event => {
  if (!event.detail.elt.matches('[data-upload]')) return;
  find('[data-upload-state]', event.detail.elt).hidden = true;
  find('[data-upload-words]', event.detail.elt).textContent = '';
});
on('htmx:afterSettle', ({ detail }) => {
  const outcome = detail.requestConfig?.elt.matches('[data-upload]') && find('#outcome');
  if (!outcome || !outcome.children.length) return;
  outcome.focus({ preventScroll: true });
  outcome.scrollIntoView({ block: 'nearest' });
});
// How much of a stopped upload was stored is known only once the server has noticed; then the page shows it.
const showWhatWasKept = async tries => {
  await new Promise(done => setTimeout(done, 1000));
  const there = await pageNow();
  const here = find('#ended-early');
  if (there?.dataset.ended && here && there.dataset.ended !== here.dataset.ended) {
    here.replaceWith(document.adoptNode(there));
    there.scrollIntoView({ block: 'nearest' });
  } else if (here && tries > 1) showWhatWasKept(tries - 1);
};
on('htmx:sendAbort', event => {
  if (!event.detail.elt.matches('[data-upload]')) return;
  toast('Stopped. What was already stored is kept.');
  showWhatWasKept(300);
});
// The server is told first: what is on its way to it would be read even after the connection is closed.
on('click', async event => {
  const stop = event.target.closest('[data-upload-stop]');
  if (!stop) return;
  if (stop.dataset.uploadStop) await htmx.ajax('POST', stop.dataset.uploadStop, { source: 'body', swap: 'none' });
  htmx.trigger(stop.closest('form'), 'htmx:abort');
});
// The choices first: with them the server stores the posts of a file while it reads it.
on('htmx:configRequest', event => {
  if (!event.detail.elt.matches('[data-upload]')) return;
  const data = event.detail.formData;
  const files = data.getAll('file');
  data.delete('file');
  files.forEach(file => data.append('file', file));
});
