// The number beside a slider follows it, and is what a screen reader announces.
const showLevel = slider => {
  const number = find(`[data-level-of="${slider.id}"]`);
  number.hidden = false;
  number.textContent = slider.value;
  slider.setAttribute('aria-valuetext', `${slider.value} of ${slider.max}`);
};
whenShown(() => all('input[type=range]').forEach(showLevel));
on('input', event => event.target.matches('input[type=range]') && showLevel(event.target));
