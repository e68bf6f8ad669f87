import type { Contract } from '../../model/contract.ts'
import type { FieldReport } from '../../model/status-report.ts'
import type { RuleText } from '../../status/rule-text.ts'
import type { DescribedCase, DescribedContract } from './described.ts'
import { own, page, table } from './frame.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'

const NOT_SAID = 'not said'

/** The page of one contract. */
export function contractPage({ contract, rules, fields, cases }: DescribedContract): string {
  const main = html`<nav class="crumbs" aria-label="You are here">
      <a href="../index.html">All contracts</a>
    </nav>
    <div class="title">
      <h1>${own(contract.id)}</h1>
      <span class="quiet">version ${contract.version}</span>
    </div>
    ${contract.description !== undefined && html`<p class="quiet" dir="auto">${contract.description}</p>`}
    ${facts(contract)} ${promises(contract)}
    <h2>Rules</h2>
    ${table(
      ['Rule', 'Severity', 'Dimension', 'Tests'],
      rules.map((rule) => ruleRow(rule, cases)),
    )}
    ${tests(cases)} ${fieldList(fields)}`
  return page(`${contract.id} · Assay`, '../', main)
}

function facts({ owner, producer, consumers, topic, domain, format, links, tags, file }: Contract): Html {
  const by = [producer.team, producer.service].filter((name) => name !== undefined).join(' / ')
  const named: (readonly [string, Html | string])[] = [
    ['Relies on it', own(owner)],
    ['Writes the events', by === '' ? NOT_SAID : own(by)],
    ['Consumers', consumers.length === 0 ? NOT_SAID : own(consumers.join(', '))],
    ['Topic', own(topic)],
    ['Domain', domain],
    ['Format', format],
    ...Object.entries(links).map(
      ([key, url]) => [key, html`<a href="${url}" rel="noopener noreferrer">${url}</a>`] as const,
    ),
    ...Object.entries(tags).map(([key, value]) => [key, own(value)] as const),
    ['File', html`<code>${file}</code>`],
  ]
  return html`<dl class="facts">
    ${named.map(
      ([term, detail]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${detail}</dd>
        </div>`,
    )}
  </dl>`
}

function promises({ promises: { validity, freshness } }: Contract): Html | undefined {
  if (validity === undefined && freshness === undefined) return undefined
  const rows = [
    validity &&
      html`<tr>
        <td class="name">validity</td>
        <td>${validity.objective} % of the events are good, over ${validity.window}</td>
      </tr> `,
    freshness &&
      html`<tr>
        <td class="name">freshness</td>
        <td>
          ${freshness.objective} % of the time, by rule
          <a href="#rule-${freshness.rule}">${freshness.rule}</a>
        </td>
      </tr> `,
  ].filter((row) => row !== undefined)
  return html`<h2>Promises</h2>
    ${table(['Promise', 'Objective'], rows)}`
}

function ruleRow(rule: RuleText, cases: readonly DescribedCase[]): Html {
  const tested = cases.filter(({ rules }) => rules.includes(rule.id)).length
  const text = rule.when === undefined ? rule.text : `when ${rule.when}: ${rule.text}`
  const isShadow = rule.mode === 'shadow' && html` <span class="tag">shadow</span>`
  return html`<tr id="rule-${rule.id}">
    <td class="wide">
      <div class="name">${rule.id} <span class="tag">${rule.check}</span>${isShadow}</div>
      ${rule.description !== undefined && html`<div dir="auto">${rule.description}</div>`}<code
        class="rule-text"
        >${text}</code
      >
    </td>
    <td>${rule.severity}</td>
    <td>${rule.dimension}</td>
    <td class="number">${tested === 0 ? 'none' : tested}</td>
  </tr> `
}

function tests(cases: readonly DescribedCase[]): Html | undefined {
  if (cases.length === 0) return undefined
  const rows = cases.map(
    ({ name, rules }) =>
      html`<tr>
        <td>${own(name)}</td>
        <td>${rules.length === 0 ? 'all rules pass or skip' : rules.join(', ')}</td>
      </tr> `,
  )
  return html`<h2>Tests</h2>
    ${table(['Case', 'Rules that it expects something of'], rows)}`
}

function fieldList(fields: readonly FieldReport[]): Html | undefined {
  if (fields.length === 0) return undefined
  const rows = fields.map(
    ({ path, pii, description, isShown }) =>
      html`<tr id="field-${path}">
        <td><code>${path}</code></td>
        <td>${classText(pii)}</td>
        <td>${shownText(pii, isShown)}</td>
        <td>${description !== undefined && own(description)}</td>
      </tr> `,
  )
  return html`<h2>Fields</h2>
    ${table(['Field', 'Class', 'In samples', 'Meaning'], rows)}`
}

function classText(pii: FieldReport['pii']): string {
  if (pii === undefined) return 'not classified'
  return pii === 'none' ? 'not personal' : `personal, ${pii}`
}

function shownText(pii: FieldReport['pii'], isShown: boolean): string {
  if (!isShown) return 'never shown'
  return pii === 'low' ? 'as a hash' : 'shown'
}
