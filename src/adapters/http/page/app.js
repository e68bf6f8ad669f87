import { contractPage } from './contract.js'
import { element, link, setText } from './dom.js'
import { clock, STATE_NAMES } from './format.js'
import { instancePage, shareText } from './instance.js'
import { Live } from './live.js'
import { Overview } from './overview.js'
import { Store } from './store.js'

const main = document.getElementById('main')
const query = document.getElementById('query')
const store = new Store()
const overview = new Overview(store)
const live = new Live(store, changed, lost)

/** Draws what the address names, anew if it is there already. */
async function show() {
  const contractId = idIn(location.pathname)
  setHereMarks()
  if (contractId !== undefined) return showContract(contractId)
  const isInstance = location.pathname === '/instance'
  document.title = isInstance ? `Instance · ${store.domain} · Assay` : `${store.domain} · Assay`
  if (isInstance) replace(instancePage(store))
  else {
    overview.update()
    if (main.firstChild !== overview.node) main.replaceChildren(overview.node)
  }
}

async function showContract(id) {
  const answer = await fetch(`/api/v1/contracts/${encodeURIComponent(id)}`).catch(() => undefined)
  if (idIn(location.pathname) !== id) return
  if (answer === undefined) return lost()
  if (!answer.ok) {
    document.title = 'Not found · Assay'
    return replace(notFound(id))
  }
  const contract = await answer.json()
  document.title = `${STATE_NAMES[contract.state]}: ${id} · Assay`
  replace(contractPage(contract, store.flushIntervalMs))
}

function notFound(id) {
  return element(
    'article',
    {},
    element('h1', { tabindex: -1, id: 'title' }, 'No such contract'),
    element('p', { class: 'quiet', dir: 'auto' }, `No contract that runs here has the id ${id}.`),
    element('p', {}, link('/', 'All contracts')),
  )
}

/** What was open stays open, and what had the focus keeps it. */
function replace(node) {
  const open = new Set([...main.querySelectorAll('details[open]')].map((each) => each.dataset.key))
  const focused = main.contains(document.activeElement) ? markOf(document.activeElement) : undefined
  for (const each of node.querySelectorAll('details')) each.open = open.has(each.dataset.key)
  main.replaceChildren(node)
  if (focused === undefined) return
  const again = [...main.querySelectorAll('a, summary, [tabindex]')].find((each) => markOf(each) === focused)
  again?.focus({ preventScroll: true })
}

function markOf(node) {
  return `${node.tagName} ${node.id} ${node.getAttribute('href') ?? ''} ${node.parentElement?.dataset.key ?? ''} ${node.getAttribute('aria-label') ?? ''}`
}

function idIn(path) {
  const found = /^\/contracts\/([^/]+)$/.exec(path)
  return found === null ? undefined : decodeURIComponent(found[1])
}

function setHereMarks() {
  for (const each of document.querySelectorAll('.places a')) {
    if (each.getAttribute('href') === location.pathname) each.setAttribute('aria-current', 'page')
    else each.removeAttribute('aria-current')
  }
}

async function go(path, isBack = false) {
  if (!isBack) history.pushState({}, '', path)
  await show()
  const target = location.hash === '' ? undefined : document.getElementById(location.hash.slice(1))
  if (target) target.scrollIntoView()
  else if (!isBack) window.scrollTo(0, 0)
  main.querySelector('h1')?.focus({ preventScroll: true })
}

function changed() {
  const { domain, atMs, instance, contracts, changes } = store
  const here = [...contracts.values()].filter(({ isHere }) => isHere).length
  setText(document.getElementById('domain'), domain)
  const state = instance.ready ? '' : ` Not ready: ${instance.reason}.`
  tell(`Live, as of ${clock(atMs)}. ${shareText(here, contracts.size, instance.group)}${state}`, false)
  if (changes.length > 0) {
    const told = changes
      .slice(0, 3)
      .map(({ id, because, state: now }) => `${id}: ${STATE_NAMES[now]}, ${because}`)
    setText(document.getElementById('changes'), told.join('. '))
  }
  void show()
}

function lost() {
  const known =
    store.atMs === undefined ? 'Nothing is known yet.' : `What you see is as of ${clock(store.atMs)}.`
  tell(`The connection is lost. ${known} Trying again…`, true)
}

function tell(text, isLost) {
  const line = document.getElementById('live')
  setText(line, text)
  line.classList.toggle('lost', isLost)
}

async function search() {
  store.search(query.value)
  if (location.pathname === '/') overview.update()
  else if (query.value !== '') {
    history.pushState({}, '', '/')
    await show()
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme
  setText(document.getElementById('theme'), theme === 'dark' ? 'Light' : 'Dark')
}

const wantsDark = matchMedia('(prefers-color-scheme: dark)')
setTheme(localStorage.getItem('theme') ?? (wantsDark.matches ? 'dark' : 'light'))
wantsDark.addEventListener('change', ({ matches }) => {
  if (localStorage.getItem('theme') === null) setTheme(matches ? 'dark' : 'light')
})
document.getElementById('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
  localStorage.setItem('theme', theme)
  setTheme(theme)
})

query.addEventListener('input', () => void search())
query.addEventListener('focus', () => void store.loadCatalogue().then(() => overview.update()))
query.form.addEventListener('submit', (event) => {
  event.preventDefault()
  overview.body.querySelector('a')?.click()
})
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    query.focus()
  } else if (event.key === 'Escape' && isTyping) {
    query.value = ''
    void search()
    query.blur()
  }
})
document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[data-here]')
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!anchor || !isPlain) return
  event.preventDefault()
  void go(anchor.getAttribute('href'))
})
window.addEventListener('popstate', () => void go(location.pathname, true))

void live.start()
