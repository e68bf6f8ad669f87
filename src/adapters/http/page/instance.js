import { element, isolated } from './dom.js'
import { ago, count, seconds } from './format.js'
import { section, table } from './contract.js'

/** The process that serves this page: its rules and its share of the topics. */
export function instancePage({ instance, ruleSet, domain, atMs, flushIntervalMs, contracts }) {
  const here = [...contracts.values()].filter(({ isHere }) => isHere).length
  return element(
    'article',
    {},
    element('h1', { tabindex: -1, id: 'title' }, 'This instance'),
    element('p', { class: 'quiet' }, shareText(here, contracts.size, instance.group)),
    facts([
      ['Instance', isolated(instance.id)],
      ['Domain', isolated(domain)],
      ['Consumer group', isolated(instance.group)],
      ['Version', instance.version],
      ['Started', ago(instance.startedAtMs, atMs)],
      ['Health', instance.ready ? 'ready' : instance.reason],
      ['Totals are sent every', seconds(flushIntervalMs / 1000)],
      ['API', element('a', { href: '/api/v1/openapi.json' }, 'OpenAPI document')],
    ]),
    section(
      'Rules',
      element(
        'div',
        {},
        ruleSet.reloadError === undefined ? undefined : reloadError(ruleSet.reloadError, atMs),
        facts([
          ['Hash', element('code', {}, ruleSet.hash)],
          ['Loaded', ago(ruleSet.loadedAtMs, atMs)],
          ['Contracts', count(ruleSet.contracts)],
          ['Rules', count(ruleSet.rules)],
        ]),
      ),
    ),
    section('Partitions', partitions(instance.partitions)),
  )
}

/** What part of the whole this instance sees. */
export function shareText(here, all, group) {
  if (here === all) return `This instance judges all ${all} contracts.`
  return `This instance judges ${here} of ${all} contracts; the topics of the others belong to other members of ${group}.`
}

function facts(list) {
  return element(
    'dl',
    { class: 'facts' },
    ...list.map(([term, detail]) => element('div', {}, element('dt', {}, term), element('dd', {}, detail))),
  )
}

function reloadError({ atMs: failedAtMs, message }, atMs) {
  return element(
    'p',
    { class: 'verdict broken', dir: 'auto' },
    `The rules on disk could not be loaded, ${ago(failedAtMs, atMs)}: ${message}`,
  )
}

function partitions(list) {
  if (list.length === 0) return element('p', { class: 'panel empty' }, 'None is assigned to this instance.')
  const rows = list.map(({ topic, partition, position, lagOffsets, lagSeconds, isHeld }) => [
    [isolated(topic)],
    [isHeld ? 'waits for the schema registry' : 'judging'],
    [String(partition)],
    [count(position)],
    [count(lagOffsets)],
    [seconds(lagSeconds)],
  ])
  return table(['Topic', 'State', 'Partition', 'Next offset', 'Lag', 'Lag time'], rows, 4)
}
