// Sets light or dark before the first paint: as chosen here, else as the system says.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('redoubt-theme');
  } catch {}
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
