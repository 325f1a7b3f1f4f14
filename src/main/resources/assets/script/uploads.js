// Shows how much of a file is sent, and then how much of it the server has read, how fast, and how long the rest takes.
const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB`
  : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
const left = seconds => seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
// Shown only once it has settled.
const pace = (bytes, all, since) => {
  const seconds = (Date.now() - since) / 1000;
  return seconds < 4 || !bytes ? '' : ` · ${size(bytes / seconds)}/s · about ${left((all - bytes) * seconds / bytes)} left`;
};
const onPageNow = async selector => {
  const answer = await fetch(location.href).catch(() => null);
  return answer?.ok ? find(selector, new DOMParser().parseFromString(await answer.text(), 'text/html')) : null;
};
const follow = async (state, show) => {
  await new Promise(done => setTimeout(done, 1500));
  if (state.hidden) return;
  const there = await onPageNow('#import-progress');
  if (there && !state.hidden) show(there.dataset);
  follow(state, show);
};
on('htmx:beforeSend', event => {
  const form = event.detail.elt;
  if (!form.matches('[data-upload]')) return;
  const state = find('[data-upload-state]', form);
  const started = Date.now();
  state.hidden = false;
  find('#ended-early').hidden = true;
  // What the last answer said is not about this file.
  find('#outcome').replaceChildren();
  all('.error', form).forEach(error => error.remove());
  all('[aria-invalid]', form).forEach(field => field.removeAttribute('aria-invalid'));
  const bar = find('progress', state);
  const words = find('[data-upload-words]', state);
  const { upload } = event.detail.xhr;
  let reading = false;
  let sent = '';
  let done = '';
  const tell = () => { words.textContent = [sent, done].filter(part => part).join(' · '); };
  follow(state, now => {
    const [read, whole] = [Number(now.read), Number(now.size)];
    reading = true;
    if (whole > 0 && read < whole) bar.value = 100 * read / whole;
    else bar.removeAttribute('value');
    const bytes = whole <= 0 ? `${size(read)} read` : read < whole ? `${size(read)} of ${size(whole)} read${pace(read, whole, started)}`
      : 'Everything is read. Storing the rest…';
    done = [bytes, now.rows, now.soFar].filter(part => part).join(' · ');
    tell();
  });
  upload.addEventListener('progress', ({ loaded, total }) => {
    if (!reading) bar.value = 100 * loaded / total;
    sent = `${size(loaded)} of ${size(total)} sent${reading ? '' : pace(loaded, total, started)}`;
    tell();
  });
  upload.addEventListener('load', () => {
    if (!reading) bar.removeAttribute('value');
    sent = 'Uploaded';
    done ||= 'Reading the file…';
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
  const wrong = find('[aria-invalid=true]', detail.requestConfig.elt);
  if (wrong) return wrong.focus();
  outcome.focus({ preventScroll: true });
  outcome.scrollIntoView({ block: 'nearest' });
});
// How much of a stopped upload was stored is known only once the server has noticed; then the page shows it.
const showWhatWasKept = async tries => {
  await new Promise(done => setTimeout(done, 1000));
  const there = await onPageNow('#ended-early');
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
