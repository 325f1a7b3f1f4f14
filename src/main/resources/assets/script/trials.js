// A sample of a model is shown while it is written. Closing the dialog, or pressing the button again, ends the call.
let trial = null;
const showTrial = (section, name, value) => {
  const text = find('[data-trial-text]', section);
  if (name === 'added') text.textContent += value;
  else text.textContent = value.text ?? '';
  text.hidden = !text.textContent;
  if (name === 'ended') find('[data-trial-note]', section).textContent = value.note;
};
const readTrial = async (section, answer) => {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let ended = false;
  let rest = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    events.map(event => event.match(/^event: (.*)\ndata: (.*)$/)).filter(Boolean).forEach(([, name, data]) => {
      ended ||= name === 'ended';
      showTrial(section, name, JSON.parse(data).is);
    });
  }
  if (!ended) throw new Error('the stream broke off');
};
const tryModel = async (form, button) => {
  const section = button.closest('[data-trial]');
  const words = button.textContent;
  trial = new AbortController();
  showTrial(section, 'ended', { note: 'Writing…' });
  button.textContent = 'Stop';
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(button.formAction, {
      method: 'POST', body, headers: { Accept: 'text/event-stream' }, signal: trial.signal,
    });
    if (!answer.ok) throw new Error(answer.status);
    await readTrial(section, answer);
  } catch (fault) {
    const note = fault.name === 'AbortError' ? 'Stopped. What was written until then is charged.' : 'No answer came. Try again.';
    showTrial(section, 'ended', { note });
  }
  trial = null;
  button.textContent = words;
};
document.addEventListener('submit', event => {
  const button = event.submitter;
  if (!button?.matches('[data-try]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (trial) trial.abort();
  else tryModel(event.target, button);
}, true);
on('htmx:beforeSwap', event => event.detail.target.id === 'dialog-content' && trial?.abort());
find('#dialog')?.addEventListener('close', () => trial?.abort());
