import type { Finding } from '../../finding.ts'
import type { Artefact } from '../artefact.ts'
import { tagOf } from './artefact-tags.ts'
import { checkColours } from './check-colours.ts'
import { checkPresence } from './check-presence.ts'
import type { DashboardJson, NotificationRuleJson } from './json-types.ts'

/** What all that is made of one contract says alike. */
const OF_CONTRACT = ['team', 'domain', 'topic'] as const

/** Whether files that are about the same thing agree on it, and whether one of them is missing. */
export function checkAgreement(artefacts: readonly Artefact[]): Finding[] {
  return [
    ...checkTags(artefacts),
    ...checkEnvironment(artefacts),
    ...checkBoards(artefacts),
    ...checkPresence(artefacts),
    ...checkColours(artefacts),
    ...checkRules(artefacts),
    ...checkRuleEnvironment(artefacts),
  ]
}

function checkTags(artefacts: readonly Artefact[]): Finding[] {
  const first = new Map<string, Artefact>()
  return artefacts.flatMap((artefact) => {
    const contract = tagOf(artefact, 'contract')
    if (contract === undefined) return []
    const other = first.get(contract) ?? artefact
    first.set(contract, other)
    return OF_CONTRACT.filter((key) => tagOf(artefact, key) !== tagOf(other, key)).map((key) => ({
      path: artefact.path,
      at: '/tags',
      message: `says ${key}:${tagOf(artefact, key)} of contract:${contract}, and ${other.path} says ${key}:${tagOf(other, key)}`,
    }))
  })
}

/** A folder is of one environment, or of none. */
function checkEnvironment(artefacts: readonly Artefact[]): Finding[] {
  const owned = artefacts.filter(({ kind }) => kind === 'monitor' || kind === 'slo')
  const [first] = owned
  if (first === undefined) return []
  const env = tagOf(first, 'env')
  return owned
    .filter((artefact) => tagOf(artefact, 'env') !== env)
    .map((artefact) => ({
      path: artefact.path,
      at: '/tags',
      message: `is about ${inWords(tagOf(artefact, 'env'))}, and ${first.path} about ${inWords(env)}`,
    }))
}

function inWords(env: string | undefined): string {
  return env === undefined ? 'all environments' : `env:${env}`
}

/** A contract's dashboard is of the team that the contract belongs to. */
function checkBoards(artefacts: readonly Artefact[]): Finding[] {
  const teams = new Map(artefacts.map((artefact) => [tagOf(artefact, 'contract'), tagOf(artefact, 'team')]))
  return artefacts
    .filter(({ kind }) => kind === 'dashboard')
    .flatMap((board) => {
      const { title } = board.json as unknown as DashboardJson
      const team = teams.get(/^Contract (.+)$/.exec(title)?.[1])
      return team === undefined || team === tagOf(board, 'team')
        ? []
        : [
            {
              path: board.path,
              at: '/tags',
              message: `is of another team than its monitors: team:${team} is expected`,
            },
          ]
    })
}

/** Where a folder is of one environment, the monitors of another one are none of its business. */
function checkRuleEnvironment(artefacts: readonly Artefact[]): Finding[] {
  const monitor = artefacts.find(({ kind }) => kind === 'monitor')
  const env = monitor === undefined ? undefined : tagOf(monitor, 'env')
  return artefacts.flatMap(({ kind, path, json }) => {
    if (kind !== 'notificationRule' || env === undefined) return []
    const { filter, name } = (json as unknown as NotificationRuleJson).data.attributes
    const at = '/data/attributes'
    return [
      ...(filter.tags.includes(`env:${env}`)
        ? []
        : [
            {
              path,
              at: `${at}/filter/tags`,
              message: `would tell of all environments: env:${env} is missing`,
            },
          ]),
      ...(name.endsWith(` in ${env}`)
        ? []
        : [
            {
              path,
              at: `${at}/name`,
              message: `must end with \` in ${env}\`, or applying takes it for that of another environment`,
            },
          ]),
    ]
  })
}

/** A rule that asks for what a monitor of its team has not would leave that monitor unheard. */
function checkRules(artefacts: readonly Artefact[]): Finding[] {
  const monitors = artefacts.filter(({ kind }) => kind === 'monitor')
  return artefacts.flatMap((artefact) => {
    if (artefact.kind !== 'notificationRule') return []
    const { tags } = (artefact.json as unknown as NotificationRuleJson).data.attributes.filter
    const [team] = tags.filter((tag) => tag.startsWith('team:'))
    const unheard = monitors
      .map(({ path, json }) => ({ path, own: (json as { readonly tags?: readonly string[] }).tags ?? [] }))
      .filter(
        ({ own }) => team !== undefined && own.includes(team) && !tags.every((tag) => own.includes(tag)),
      )
    const [first] = unheard
    if (first === undefined) return []
    const lacks = tags.filter((tag) => !first.own.includes(tag)).join(' and ')
    return [
      {
        path: artefact.path,
        at: '/data/attributes/filter/tags',
        message: `narrows the monitors of the team: ${first.path} has no ${lacks} and would tell nobody (${unheard.length} of them)`,
      },
    ]
  })
}
