// Everything here is a convenience: each page also works with scripts switched off.
(() => {
  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const dialog = find('#dialog');

  // A form is sent once: a second press while the first is under way does nothing.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sending) return event.preventDefault();
    if (form.matches('[hx-get], [hx-post]') || form.method === 'dialog') return;
    form.dataset.sending = 'true';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () => all('form[data-sending]').forEach(form => {
    delete form.dataset.sending;
    all('[aria-busy]', form).forEach(button => button.removeAttribute('aria-busy'));
  }));

  // A form that was refused came as the answer to it. From now on its page is one that can be gone back to and loaded again.
  history.replaceState(history.state, '', location.href);
  find('#content [aria-invalid=true]')?.focus();

  // Theme: told to the server by the form, shown here at once.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.matches('[data-theme-form]') || !event.submitter) return;
    event.preventDefault();
    delete form.dataset.sending;
    event.submitter.removeAttribute('aria-busy');
    root.dataset.theme = event.submitter.value;
    root.dispatchEvent(new Event('coral:theme'));
    all('button', form).forEach(button => button.setAttribute('aria-pressed', button === event.submitter));
    const fields = new FormData(form, event.submitter);
    fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  });

  // What is filled in under a choice makes it the choice.
  document.addEventListener('input', event => {
    const choice = event.target.closest('.choice-part')?.previousElementSibling;
    if (choice) find('input[type=radio]', choice).checked = true;
  });

  // Times stay right while a page is open. The words are those of the server (Times.relative).
  const relative = at => {
    const seconds = Math.trunc((Date.now() - at) / 1000);
    const far = Math.abs(seconds);
    if (far < 60) return seconds >= 0 ? 'just now' : 'in a moment';
    if (far >= 30 * 86400) return null;
    const span = far < 3600 ? `${Math.trunc(far / 60)} min` : far < 86400 ? `${Math.trunc(far / 3600)} h`
      : far < 2 * 86400 ? '1 day' : `${Math.trunc(far / 86400)} days`;
    return seconds >= 0 ? `${span} ago` : `in ${span}`;
  };
  setInterval(() => all('time[data-relative]').forEach(time => {
    const words = relative(Date.parse(time.dateTime));
    if (words) time.textContent = words;
  }), 30000);

  // Toasts leave by themselves when they only confirm; a problem stays until it is closed.
  const settle = toast => {
    if (toast.dataset.settled) return;
    toast.dataset.settled = 'true';
    if (!toast.matches('.is-problem')) setTimeout(() => toast.matches(':hover, :focus-within') || toast.remove(), 6000);
  };
  const toast = (text, problem) => {
    const line = find('#toast-template').content.firstElementChild.cloneNode(true);
    line.classList.toggle('is-problem', problem);
    find('[data-text]', line).textContent = text;
    find('#toasts').append(line);
    settle(line);
  };

  const ready = () => {
    all('.toast-line').forEach(settle);
    all('[data-time-zone]').forEach(field => {
      const here = Intl.DateTimeFormat().resolvedOptions().timeZone || '';
      if (field.matches('input') || [...field.options].some(option => option.value === here)) field.value = here;
    });
    all('[data-select-all]').forEach(showSelection);
  };

  // Lists with boxes: all at once, a range with shift, and a bar that tells how many.
  const boxes = list => all('input[type=checkbox][name=id]', list);
  let lastBox = null;
  function showSelection(master) {
    const list = master.closest('form');
    const chosen = boxes(list).filter(box => box.checked).length;
    master.checked = chosen > 0 && chosen === boxes(list).length;
    master.indeterminate = chosen > 0 && !master.checked;
    all('[data-selection]', list).forEach(bar => bar.toggleAttribute('data-none', chosen === 0));
    all('[data-selection-count]', list).forEach(count => { count.textContent = `${chosen} selected`; });
  }
  document.addEventListener('change', event => {
    const box = event.target;
    if (!box.matches('input[type=checkbox]')) return;
    const list = box.closest('form');
    const master = list && find('[data-select-all]', list);
    if (!master) return;
    if (box === master) boxes(list).forEach(other => { other.checked = master.checked; });
    showSelection(master);
  });

  document.addEventListener('click', event => {
    const target = event.target;
    if (target.matches('input[type=checkbox][name=id]')) {
      const list = boxes(target.closest('form'));
      if (event.shiftKey && lastBox && list.includes(lastBox)) {
        const [from, to] = [list.indexOf(lastBox), list.indexOf(target)].sort((a, b) => a - b);
        list.slice(from, to + 1).forEach(box => { box.checked = target.checked; });
        target.dispatchEvent(new Event('change', { bubbles: true }));
      }
      lastBox = target;
    }
    const button = target.closest('button, a');
    if (button?.matches('[data-close]')) button.closest('.toast-line, dialog').matches('dialog')
      ? button.closest('dialog').close() : button.closest('.toast-line').remove();
    if (button?.matches('[data-keys]')) find('#keys').showModal();
    if (button?.matches('[data-reveal]')) {
      const input = document.getElementById(button.dataset.reveal);
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.setAttribute('aria-pressed', !shown);
      button.textContent = shown ? 'Show' : 'Hide';
    }
    if (button?.matches('[data-copy]')) {
      navigator.clipboard.writeText(button.dataset.copy)
        .then(() => toast('Copied.'), () => toast('The browser did not allow copying.', true));
    }
    all('details.menu[open]').forEach(menu => menu.contains(target) || menu.removeAttribute('open'));
  });
  all('dialog').forEach(each => each.addEventListener('click', event => event.target === each && each.close()));

  // A link or form that asks into the dialog opens it with the answer; without scripts it is a page of its own.
  document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target.id !== 'dialog-content') return;
    if (!dialog.open) dialog.showModal();
    find('[autofocus]', dialog)?.focus();
  });
  document.addEventListener('htmx:afterSettle', ready);
  // What a filter leaves open stays out of the address.
  document.addEventListener('htmx:configRequest', event => {
    const { verb, parameters } = event.detail;
    if (verb === 'get') Object.keys(parameters).forEach(name => parameters[name] === '' && delete parameters[name]);
  });
  // While one types in a search, and where nothing has changed, the entry in the browser's history is the same one.
  let typed = null;
  document.addEventListener('htmx:beforeHistoryUpdate', event => {
    const { history: update, requestConfig } = event.detail;
    const typing = requestConfig.triggeringEvent?.type === 'input';
    const here = location.pathname + location.search;
    if (update.path === here || (typing && typed === here)) update.type = 'replace';
    typed = typing || update.path === here ? update.path : null;
  });
  document.addEventListener('htmx:responseError', event => toast(event.detail.xhr.status === 403
    ? 'This page was open for too long. Load it again; what you typed is still here.'
    : 'That did not work; nothing was changed. Try again in a moment.', true));
  document.addEventListener('htmx:sendError', () => toast('The server cannot be reached. Is it running, and are you online?', true));

  // An upload tells how far it is, how fast, and when it will be through; the server takes it in as it is sent.
  const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
  const span = seconds => seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
  document.addEventListener('htmx:beforeSend', event => {
    const form = event.detail.elt;
    if (!form.matches('[data-upload]')) return;
    const state = find('[data-upload-state]', form);
    const started = Date.now();
    state.hidden = false;
    event.detail.xhr.upload.addEventListener('progress', progress => {
      const seconds = (Date.now() - started) / 1000;
      const rate = progress.loaded / Math.max(seconds, 0.1);
      find('progress', state).value = 100 * progress.loaded / progress.total;
      find('[data-upload-words]', state).textContent = progress.loaded === progress.total ? 'Sent; still reading'
        : `${size(progress.loaded)} of ${size(progress.total)}` + (seconds > 2 ? ` · ${size(rate)}/s · ${span((progress.total - progress.loaded) / rate)} left` : '');
    });
  });
  document.addEventListener('htmx:afterRequest', event => {
    if (event.detail.elt.matches('[data-upload]')) find('[data-upload-state]', event.detail.elt).hidden = true;
  });
  // How much it was the server says once it has noticed; then it is told on the page.
  const tellWhatWasKept = async tries => {
    await new Promise(done => setTimeout(done, 1000));
    const answer = await fetch(location.href).catch(() => null);
    const told = answer?.ok && find('#ended-early', new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const here = find('#ended-early');
    if (told && here && told.dataset.ended !== here.dataset.ended) {
      here.replaceWith(document.adoptNode(told));
      told.scrollIntoView({ block: 'nearest' });
    } else if (here && tries > 1) tellWhatWasKept(tries - 1);
  };
  document.addEventListener('htmx:sendAbort', event => {
    if (!event.detail.elt.matches('[data-upload]')) return;
    toast('Stopped. What was already stored is kept.');
    tellWhatWasKept(300);
  });
  document.addEventListener('click', event => {
    const stop = event.target.closest('[data-upload-stop]');
    if (stop) htmx.trigger(stop.closest('form'), 'htmx:abort');
  });

  // Keys. Rows of a list are moved through with j and k; the row's link opens with Enter, as links do.
  const rows = () => all('[data-row]').filter(row => row.offsetParent);
  const move = step => {
    const list = rows();
    if (!list.length) return;
    const here = list.findIndex(row => row.classList.contains('is-current') || row.contains(document.activeElement));
    const next = list[Math.min(Math.max(here + step, 0), list.length - 1)];
    list.forEach(row => row.classList.toggle('is-current', row === next));
    (find('[data-row-link]', next) ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };
  const keys = {
    '?': () => find('#keys')?.showModal(),
    '/': () => {
      const search = find('[data-search]');
      if (!search) return location.assign('/tweets#search');
      search.focus();
      search.select();
    },
    j: () => move(1),
    k: () => move(-1),
    c: () => { const write = find('[data-write]'); write?.matches('a') ? write.click() : write?.focus(); },
    x: () => find('.is-current input[type=checkbox]')?.click(),
  };
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      const menu = find('details.menu[open]');
      menu?.removeAttribute('open');
      menu && find('summary', menu).focus();
      if (event.target.matches('[data-search]')) event.target.blur();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.matches('textarea')) event.target.form?.requestSubmit();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox]), textarea, select, dialog[open]')) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  ready();
})();
