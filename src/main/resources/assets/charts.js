// Draws what the table of each chart holds, which can be read without this too.
const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const grid = () => ({ stroke: () => ink('--line'), width: 1 });
const HEIGHT = 200;

const rowsOf = figure => {
  const rows = [...figure.querySelectorAll('tr[data-y]')].map(row => ({
    name: row.dataset.x, value: row.dataset.y === '' ? null : Number(row.dataset.y), posts: row.dataset.n,
  }));
  return 'newestFirst' in figure.dataset ? rows.reverse() : rows;
};

const words = row => {
  const number = row.value.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return `${row.name}: ${number}${row.posts ? ` (${row.posts} ${row.posts === '1' ? 'post' : 'posts'})` : ''}`;
};

const draw = figure => {
  const rows = rowsOf(figure);
  const place = figure.querySelector('[data-plot]');
  if (!place || place.firstChild || rows.every(row => row.value === null)) return;
  const told = figure.querySelector('[data-plot-value]');
  place.closest('.plot').hidden = false;
  const bars = figure.dataset.chart === 'bars';
  const plot = new uPlot({
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: (at, low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [
      { stroke: () => ink('--ink-soft'), grid: { show: false }, ticks: { show: false }, space: 120, incrs: [1, 2, 5, 10, 25, 50, 100],
        values: (at, ticks) => ticks.map(tick => rows[tick]?.name ?? '') },
      { stroke: () => ink('--ink-soft'), grid: grid(), ticks: { show: false } },
    ],
    series: [{}, {
      stroke: () => ink('--accent'), fill: bars ? () => ink('--accent') : undefined, width: bars ? 0 : 2, points: { show: !bars, size: 6 },
      paths: bars ? uPlot.paths.bars({ size: [0.7, 48] }) : undefined,
    }],
    hooks: {
      setCursor: [at => {
        const row = rows[at.cursor.idx];
        told.textContent = row && row.value !== null ? words(row) : '\u00a0';
      }],
    },
  }, [rows.map((row, index) => index), rows.map(row => row.value)], place);
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  new MutationObserver(() => plot.redraw(false)).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
};

const drawAll = () => document.querySelectorAll('figure[data-chart]').forEach(draw);
drawAll();
document.addEventListener('htmx:afterSettle', drawAll);
