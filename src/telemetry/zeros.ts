import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { Sample, Tags } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import type { VerdictKind } from '../model/verdict.ts'
import { CATALOGUE } from './catalogue.ts'
import type { MetricRow } from './catalogue.ts'
import type { CountName } from './samples.ts'
import { contractTags, evaluationsOf, FOLDED_RULE } from './tags.ts'
import type { RuleTags } from './tags.ts'

/** Every series that the counts of a topic and its contracts may come to, at 0. */
export function topicZeros({ topic, contracts }: CompiledTopic, domain: string, tags: RuleTags): Sample[] {
  const ofTopic = { domain: normaliseTagValue(domain), topic: normaliseTagValue(topic) }
  return [
    ...contracts.flatMap((contract) => contractZeros(contract, tags)),
    ...zerosOf('dq.records.rejected', ofTopic),
    ...zerosOf('dq.records.recognised', ofTopic),
    ...zerosOf('dq.schema.changes', ofTopic),
    ...zerosOf('dq.numbers.rounded', ofTopic),
    ...zerosOf('dq.offset_gap', ofTopic),
    ...zerosOf('dq.timestamps.ignored', ofTopic),
  ]
}

/** Every series that the counts of the whole process may come to, at 0. */
export function processZeros(domain: string): Sample[] {
  const tags = { domain: normaliseTagValue(domain) }
  return [
    ...zerosOf('dq.rebalances', tags),
    ...zerosOf('dq.commit.failures', tags),
    ...zerosOf('dq.metrics.send_failures', tags),
    ...zerosOf('dq.rules.reload', tags),
    ...zerosOf('dq.registry.requests', tags),
  ]
}

/** Those of the zeros that receivers are told which bill each series: of each count the one that the catalogue names. */
export function zerosToSend(zeros: readonly Sample[]): Sample[] {
  const told = new Set<string>()
  return zeros.filter(({ name, tags }) => {
    const { zero, tags: names }: MetricRow = CATALOGUE[name]
    if (zero !== 'once') return zero !== 'never' && tags[names.at(-1) ?? ''] === zero
    const subject = `${name} ${tags['contract'] ?? tags['topic']}`
    return !told.has(subject) && told.add(subject)
  })
}

function contractZeros(compiled: CompiledContract, { byContract, ofStream }: RuleTags): Sample[] {
  const tags = { ...contractTags(compiled.contract) }
  const ruleTag = (place: number) => byContract.get(compiled)?.[place] ?? FOLDED_RULE
  const streamRuleTag = (place: number) => ofStream.get(compiled)?.[place] ?? FOLDED_RULE
  return [
    ...zerosOf('dq.events', tags),
    ...zerosOf('dq.status.changes', tags),
    ...zerosOf('dq.heartbeat', tags),
    ...compiled.rules.flatMap(({ rule: { mode, severity, when, missing } }, place) => {
      const verdicts = zerosOf(evaluationsOf(mode), { ...tags, rule: ruleTag(place), severity })
      return when === undefined && missing === 'fail' ? without('skip', verdicts) : verdicts
    }),
    ...compiled.streamRules.flatMap(({ rule: { mode, severity } }, place) =>
      without('error', zerosOf(evaluationsOf(mode), { ...tags, rule: streamRuleTag(place), severity })),
    ),
    ...compiled.rules.flatMap((_, place) =>
      zerosOf('dq.expression.differences', { ...tags, rule: ruleTag(place) }),
    ),
  ]
}

/** A rule that always applies never skips an event, and a rule over the stream can always judge. */
function without(result: VerdictKind, verdicts: readonly Sample[]): Sample[] {
  return verdicts.filter(({ tags }) => tags['result'] !== result)
}

/** One for each value of the tags that are not given, which are those with closed sets. */
function zerosOf(name: CountName, given: Tags): Sample[] {
  const { tags: names, values = {} }: MetricRow = CATALOGUE[name]
  return names
    .filter((tag) => given[tag] === undefined)
    .reduce<Tags[]>(
      (all, tag) => all.flatMap((tags) => (values[tag] ?? []).map((value) => ({ ...tags, [tag]: value }))),
      [given],
    )
    .map((tags) => ({ type: 'count', name, tags, value: 0 }))
}
