/** The catalogue as it lies on disk: it is searched without a server, from the index that stands beside it. */
const query = document.getElementById('query')
const rows = [...document.querySelectorAll('tr[data-id]')]
const why = new Map(rows.map((row) => [row, row.querySelector('.why').textContent]))
const lookUp = createSearch(globalThis.ASSAY_CATALOGUE ?? [])

function search() {
  const found = new Map(lookUp(query.value).map((each) => [each.id, each]))
  const isAll = query.value.trim() === ''
  for (const row of rows) {
    const hit = found.get(row.dataset.id)
    row.hidden = !isAll && hit === undefined
    row.querySelector('.why').textContent =
      isAll || hit === undefined ? why.get(row) : hitsText(hit, why.get(row))
  }
  const shown = rows.filter((row) => !row.hidden).length
  document.getElementById('found').textContent = isAll ? '' : `${shown} of ${rows.length} contracts`
}

function hitsText({ hits, more }, otherwise) {
  if (hits.length === 0) return otherwise
  const told = hits.map(({ kind, text }) => `${kind} ${text}`).join(', ')
  return more === 0 ? told : `${told}, and ${more} more`
}

function setTheme() {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

setTheme()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', setTheme)
query?.addEventListener('input', search)
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === query || query === null) return
  event.preventDefault()
  query.focus()
})
