// Runs before the page is drawn, so that nobody who wishes for dark sees a flash of light.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = root.dataset.theme;
    root.dataset.bsTheme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
  };
  apply();
  dark.addEventListener('change', apply);
  root.addEventListener('coral:theme', apply);
  root.classList.add('has-script');
})();
