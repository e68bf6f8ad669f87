import type { GeneratedFile } from '../../model/generated-file.ts'
import { contractPage } from './contract-page.ts'
import type { DescribedContract } from './described.ts'
import { DOCS_MARK, own, page, table } from './frame.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'

/** Files that the catalogue shares with the status page, as they are there. */
export interface PageAssets {
  readonly style: string
  readonly icon: string
  readonly search: string
  readonly docs: string
}

/** The catalogue of the contracts as a folder of HTML: it needs no server, and asks nobody for anything. */
export function generateDocs(contracts: readonly DescribedContract[], assets: PageAssets): GeneratedFile[] {
  const sorted = contracts.toSorted((a, b) => (a.contract.id < b.contract.id ? -1 : 1))
  return [
    { path: 'index.html', text: indexPage(sorted) },
    ...sorted.map((each) => ({ path: `contracts/${each.contract.id}.html`, text: contractPage(each) })),
    { path: 'assets/index.js', text: indexScript(sorted) },
    { path: 'assets/search.js', text: marked(withoutExports(assets.search)) },
    { path: 'assets/docs.js', text: marked(assets.docs) },
    { path: 'assets/style.css', text: marked(assets.style) },
    { path: 'assets/icon.svg', text: `${assets.icon.trimEnd()}\n<!-- ${DOCS_MARK} -->\n` },
  ]
}

function marked(text: string): string {
  return `/* ${DOCS_MARK} */\n${text}`
}

/** Modules are not loaded from a file system: there the same code runs as a plain script. */
function withoutExports(module: string): string {
  return module.replaceAll(/^export /gm, '')
}

function indexPage(contracts: readonly DescribedContract[]): string {
  const domains = [...new Set(contracts.map(({ contract }) => contract.domain))].toSorted()
  const main = html`<div class="lead">
      <h1>${contracts.length === 1 ? '1 contract' : `${contracts.length} contracts`}</h1>
      <span id="found" class="quiet" role="status"></span>
    </div>
    <form class="find" role="search">
      <label class="unseen" for="query">Search contracts, topics, owners, rules and fields</label
      ><input
        id="query"
        type="search"
        placeholder="Search contracts, topics, owners, rules, fields"
        autocomplete="off"
        spellcheck="false"
      />
    </form>
    ${domains.map((domain) =>
      domainTable(
        domain,
        contracts.filter(({ contract }) => contract.domain === domain),
      ),
    )}`
  return page('Contracts · Assay', '', main, html`<script src="assets/index.js"></script> `)
}

function domainTable(domain: string, contracts: readonly DescribedContract[]): Html {
  const rows = contracts.map(({ contract, rules }) => {
    const by = [contract.producer.team, contract.producer.service].filter((name) => name !== undefined)
    return html`<tr data-id="${contract.id}">
      <td class="wide">
        <div class="name"><a href="contracts/${contract.id}.html">${own(contract.id)}</a></div>
        <div class="under why" dir="auto">${contract.description ?? contract.topic}</div>
      </td>
      <td>${own(contract.owner)}</td>
      <td>${own(by.join(' / '))}</td>
      <td>${own(contract.topic)}</td>
      <td class="number">${rules.length}</td>
    </tr> `
  })
  return html`<h2>${domain}</h2>
    ${table(['Contract', 'Owner', 'Producer', 'Topic', 'Rules'], rows)}`
}

/** As a script, for a page from a file system may not read files. What stands in it can't end the script. */
function indexScript(contracts: readonly DescribedContract[]): string {
  const entries = contracts.map(({ contract, rules, fields }) => ({
    id: contract.id,
    topic: contract.topic,
    owner: contract.owner,
    producer: [contract.producer.team, contract.producer.service]
      .filter((name) => name !== undefined)
      .join(' '),
    consumers: contract.consumers,
    description: contract.description ?? '',
    rules: rules.map(({ id, description }) => ({ id, description: description ?? '' })),
    fields: fields.map(({ path }) => path),
  }))
  return marked(`globalThis.ASSAY_CATALOGUE = ${JSON.stringify(entries, undefined, 1)}\n`)
}
