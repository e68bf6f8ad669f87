import { drawing } from './dom.js'
import { count, share } from './format.js'

/** A bad event among millions must still be seen. */
const LEAST_HEIGHT = 2
const SHAPES = {
  kept: ['circle', { cx: 6, cy: 6, r: 4.5, fill: 'currentColor' }],
  at_risk: ['path', { d: 'M6 1l5.5 10h-11z', fill: 'currentColor' }],
  broken: ['path', { d: 'M1.5 1.5h9v9h-9z', fill: 'currentColor' }],
  warming_up: [
    'path',
    { d: 'M6 1.5a4.5 4.5 0 1 1-4.5 4.5', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 },
  ],
  unknown: ['circle', { cx: 6, cy: 6, r: 4, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 }],
}

/** A sign for each state, told apart by shape, not by colour alone. */
export function stateSign(state) {
  const [shape, attributes] = SHAPES[state]
  return drawing(
    'svg',
    { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    drawing(shape, attributes),
  )
}

/** Good and bad records by flush interval, as bars: two paths, however many bars there are. */
export class TrendChart {
  constructor(width, height, buckets = 60) {
    this.size = { width, height, buckets }
    this.good = drawing('path', { class: 'good' })
    this.wrong = drawing('path', { class: 'wrong' })
    const floor = drawing('path', { class: 'floor', d: `M0 ${height - 0.5}H${width}` })
    this.node = drawing(
      'svg',
      {
        class: 'chart',
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: 'img',
        preserveAspectRatio: 'none',
      },
      floor,
      this.good,
      this.wrong,
    )
  }

  update({ good, bad }) {
    const { width, height, buckets } = this.size
    const most = Math.max(1, ...good.map((value, index) => value + bad[index]))
    const step = width / buckets
    const first = buckets - good.length
    let goodPath = ''
    let badPath = ''
    good.forEach((value, index) => {
      const x = round((first + index) * step)
      const badHeight = bad[index] === 0 ? 0 : Math.max(LEAST_HEIGHT, (bad[index] / most) * (height - 1))
      const goodHeight = value === 0 ? 0 : Math.max(1, (value / most) * (height - 1))
      goodPath += bar(x, height - 1, round(Math.min(goodHeight, height - 1 - badHeight)), round(step * 0.8))
      badPath += bar(
        x,
        height - 1 - Math.min(goodHeight, height - 1 - badHeight),
        round(badHeight),
        round(step * 0.8),
      )
    })
    this.good.setAttribute('d', goodPath)
    this.wrong.setAttribute('d', badPath)
    this.node.setAttribute('aria-label', trendText({ good, bad }))
  }
}

/** What a chart shows, for those who don't see it. */
export function trendText({ good, bad }) {
  const [goods, bads] = [good, bad].map((values) => values.reduce((sum, value) => sum + value, 0))
  if (goods + bads === 0) return `no events in the last ${good.length} intervals`
  return `${count(goods + bads)} events in the last ${good.length} intervals, ${count(bads)} bad, ${share(goods / (goods + bads))} good`
}

function bar(x, bottom, height, width) {
  return height <= 0 ? '' : `M${x} ${round(bottom)}v${-height}h${width}v${height}z`
}

function round(value) {
  return Math.round(value * 100) / 100
}
