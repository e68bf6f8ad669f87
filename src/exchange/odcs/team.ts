import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/**
 * The team that a contract belongs to. Since 3.1 `team` is a mapping with a name; before, it was a list of members, of which an owner
 * stands for the team, or else the first one who has not left.
 */
export function teamOf(document: Mapping): string | undefined {
  const team = valueOf(document, 'team')
  if (isMapping(team)) {
    return textOf(team, 'name') ?? textOf(team, 'id') ?? memberOf(asList(valueOf(team, 'members')))
  }
  return memberOf(asList(team))
}

function memberOf(members: readonly unknown[]): string | undefined {
  const present = members.map(asMapping).filter((member) => textOf(member, 'dateOut') === undefined)
  const owner = present.find((member) => /owner/i.test(textOf(member, 'role') ?? '')) ?? present[0]
  return owner && (textOf(owner, 'name') ?? textOf(owner, 'username'))
}
