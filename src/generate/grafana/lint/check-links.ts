import type { Finding, Report } from '../../finding.ts'
import { tagOf } from '../dashboard.ts'
import type { Board, BoardJson } from './board.ts'
import type { Subject } from './check-subject.ts'

/** Who goes on to another dashboard takes the time and the choices along; a menu has the dashboards of the domain. */
export function checkLinks({ links }: BoardJson, { label, value }: Subject, report: Report): void {
  const wanted = ['assay', tagOf('domain', value)]
  for (const [index, { type, url = '', tags, keepTime, includeVars }] of links.entries()) {
    const at = `/links/${index}`
    if (url.startsWith('/d/') && !(keepTime && includeVars))
      report(
        at,
        'loses the time or the choices of the viewer: keepTime and includeVars are true within Grafana',
      )
    if (type === 'dashboards' && label === 'domain' && tags.join() !== wanted.join())
      report(`${at}/tags`, `must be ${wanted.join(', ')}: the menu lists what has all of them`)
  }
}

/** In Markdown, or as the address of a menu. */
const LINK = /(?<=\]\(|")\/d\/([\w-]+)/g

/** No two dashboards have one uid, links lead to dashboards that are there, and a domain’s leads to all its contracts. */
export function checkFolder(boards: readonly Board[]): Finding[] {
  const uids = new Set<string>()
  const repeated = boards.flatMap(({ path, board: { uid } }) => {
    const isRepeated = uids.has(uid)
    uids.add(uid)
    return isRepeated ? [{ path, at: '/uid', message: `another dashboard has the uid ${uid}` }] : []
  })
  const lost = boards.flatMap(({ path, text }) =>
    linkedIn(text)
      .filter((uid) => !uids.has(uid))
      .map((uid) => ({ path, at: '', message: `links to ${uid}, which is no dashboard of the folder` })),
  )
  return [...repeated, ...lost, ...boards.flatMap((each) => missingLinks(each, boards))]
}

function linkedIn(text: string): string[] {
  return [...text.matchAll(LINK)].map(([, uid]) => uid ?? '')
}

function missingLinks({ path, board, text }: Board, boards: readonly Board[]): Finding[] {
  const domain = board.tags.find((tag) => tag.startsWith('domain:'))
  if (isContract(board) || domain === undefined) return []
  const linked = new Set(linkedIn(text))
  return boards
    .filter(
      (other) => isContract(other.board) && other.board.tags.includes(domain) && !linked.has(other.board.uid),
    )
    .map((other) => ({ path, at: '', message: `does not link to ${other.board.uid}, ${other.board.title}` }))
}

function isContract({ tags }: BoardJson): boolean {
  return tags.some((tag) => tag.startsWith('contract:'))
}
