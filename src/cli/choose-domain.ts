import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Problem } from '../model/problem.ts'

/** The topics of one domain: a process serves one. Asked for by name, or the only one that is there. */
export function chooseDomain(
  topics: readonly CompiledTopic[],
  wanted: string | undefined,
): { readonly domain: string; readonly topics: readonly CompiledTopic[] } | Problem {
  const domains = [
    ...new Set(topics.flatMap(({ contracts }) => contracts.map(({ contract }) => contract.domain))),
  ]
  const [only, another] = domains
  const domain = wanted ?? (another === undefined ? only : undefined)
  if (domain === undefined || !domains.includes(domain)) return unclear(domains, wanted)
  const ofDomain = topics.map((topic) => ({
    ...topic,
    contracts: topic.contracts.filter(({ contract }) => contract.domain === domain),
  }))
  return { domain, topics: ofDomain.filter(({ contracts }) => contracts.length > 0) }
}

function unclear(domains: readonly string[], wanted: string | undefined): Problem {
  const known = domains.join(', ')
  return {
    code: 'DOMAIN_UNCLEAR',
    severity: 'error',
    message:
      wanted === undefined
        ? `the rules folder holds contracts of several domains: ${known}`
        : `no contract belongs to the domain \`${wanted}\`; known are ${known}`,
    hint: 'Name the domain to serve with --domain (ASSAY_DOMAIN).',
  }
}
