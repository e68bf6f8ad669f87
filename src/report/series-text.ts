/** How many time series there are, for people. */
export function seriesLine(series: number, hosts: number): string {
  const place = hosts === 1 ? '' : ` on ${hosts} hosts`
  return `At most ${series.toLocaleString('en')} time series${place}\n`
}
