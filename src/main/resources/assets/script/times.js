// Keeps times right while a page is open. The words are those of the server (Times.relative).
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
