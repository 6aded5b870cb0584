/** The middle one of the figures, which are sorted in place. */
export function median(figures) {
  figures.sort((a, b) => a - b);
  return figures[figures.length >> 1];
}

/** The figure below which the given share of the sorted figures lies. */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
