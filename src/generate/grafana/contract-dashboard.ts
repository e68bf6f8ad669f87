import { BAD_RESULTS, JUDGED_RESULTS } from '../results.ts'
import { shareText } from '../spans.ts'
import { address, consumersText, producerText } from '../texts.ts'
import { type DashboardDraft, linksOf, linkTo, tagOf, uidOf } from './dashboard.ts'
import { overRange, share, statusBy, sumBy } from './expressions.ts'
import { failingSection } from './failing-section.ts'
import { row, type Section } from './layout.ts'
import { stat, text } from './panels.ts'
import type { Shown } from './shown.ts'
import { checkerSection, streamSection } from './stream-section.ts'
import { words } from './texts.ts'
import {
  ageSteps,
  BUDGET_STEPS,
  redFrom,
  shareDecimals,
  STATUS_MAPPINGS,
  validitySteps,
} from './thresholds.ts'

/** What the owner of a contract wants to know, in the order in which they ask. */
export function contractDashboard(shown: Shown, env: string | undefined): DashboardDraft {
  const { contract, tags, queries } = shown
  const overview = linkTo(`Domain ${tags.domain}`, `/d/${uidOf('domain', tags.domain)}`)
  return {
    uid: uidOf('contract', tags.contract),
    title: `Contract ${tags.contract}`,
    description: words(
      contract.description ?? `What ${contract.owner} relies on in topic ${contract.topic}.`,
    ),
    tags: [tagOf('domain', tags.domain), tagOf('team', tags.team), tagOf('contract', tags.contract)],
    links: [overview, ...linksOf(contract).map(([name, url]) => linkTo(words(name), address(url)))],
    sections: [promiseSection(shown), failingSection(shown), streamSection(shown), checkerSection(shown)],
    env,
    changes: queries.count('dq.status.changes', { contract: tags.contract }),
  }
}

function promiseSection(shown: Shown): Section {
  const { contract, tags, queries } = shown
  const scope = { contract: tags.contract }
  const { validity, freshness } = contract.promises
  const hasPromise = validity !== undefined || freshness !== undefined
  const statuses = stat(
    'Rules',
    [{ expr: statusBy(['rule'], queries.gauge('dq.rule.status', scope)), legend: '{{rule}}' }],
    { unit: 'short', mappings: STATUS_MAPPINGS },
  )
  return {
    title: 'Is the promise kept?',
    rows: [
      row(7, text(aboutText(shown)), statuses),
      row(4, ...numbers(shown), ...(hasPromise ? promises(shown) : [])),
    ],
  }
}

function numbers({ contract, tags, queries }: Shown) {
  const scope = { contract: tags.contract }
  const bad = overRange(queries.count('dq.events', { ...scope, result: BAD_RESULTS }))
  const judged = overRange(queries.count('dq.events', { ...scope, result: JUDGED_RESULTS }))
  const valid = validitySteps(contract)
  const age = ageSteps(contract)
  return [
    stat('Valid events', [{ expr: `1 - ${share([], bad, judged)}`, legend: 'valid' }], {
      unit: 'percentunit',
      decimals: shareDecimals([contract]),
      ...(valid === undefined ? {} : { steps: valid }),
    }),
    stat(
      'Age of the newest event',
      [{ expr: `min(${queries.gauge('dq.topic.event_age', scope)})`, legend: 'age' }],
      { unit: 's', ...(age === undefined ? {} : { steps: age }) },
    ),
    stat(
      'Events that could not be judged',
      [
        {
          expr: sumBy([], overRange(queries.count('dq.events', { ...scope, result: 'error' }))),
          legend: 'errors',
        },
      ],
      { unit: 'short', steps: redFrom(1) },
    ),
  ]
}

function promises({ tags, queries }: Shown) {
  const scope = { contract: tags.contract }
  const budget = queries.gauge('dq.promise.budget_left', scope)
  return [
    stat(
      'Promises',
      [{ expr: statusBy(['promise'], queries.gauge('dq.promise.status', scope)), legend: '{{promise}}' }],
      { unit: 'short', mappings: STATUS_MAPPINGS },
    ),
    stat('Budget left', [{ expr: `min by (promise) (${budget})`, legend: '{{promise}}' }], {
      unit: 'percentunit',
      steps: BUDGET_STEPS,
    }),
  ]
}

function aboutText({ contract, tags }: Shown): string {
  const { validity, freshness } = contract.promises
  return [
    `### ${tags.contract} ${words(contract.version)}`,
    `- **Topic**: ${words(contract.topic)}`,
    `- **Owner**: ${words(contract.owner)}`,
    `- **Producer**: ${words(producerText(contract))}`,
    `- **Relied on by**: ${words(consumersText(contract))}`,
    ...(validity === undefined
      ? []
      : [`- **Promise**: ${shareText(validity.objective / 100)} valid events over ${validity.window}`]),
    ...(freshness === undefined
      ? []
      : [
          `- **Promise**: fresh for ${shareText(freshness.objective / 100)} of the time (${words(freshness.rule)})`,
        ]),
    ...linksOf(contract).map(([name, url]) => `- [${words(name)}](${address(url)})`),
  ].join('\n')
}
