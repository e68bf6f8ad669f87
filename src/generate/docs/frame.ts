import { html } from './html.ts'
import type { Html } from './html.ts'

/** Stands in every file of the catalogue. */
export const DOCS_MARK = 'assay-docs:generated'

/** A whole page. `up` leads from it to the folder of the catalogue. */
export function page(title: string, up: string, main: Html, more: Html = html``): string {
  const whole = html`<!doctype html>
    <!-- ${DOCS_MARK} -->
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${up}assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${up}assets/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header class="top">
          <div class="bar">
            <a class="home" href="${up}index.html"
              ><img src="${up}assets/icon.svg" alt="" width="22" height="22" />Assay</a
            ><span class="domain">catalogue of contracts</span>
          </div>
        </header>
        <main id="main">${main}</main>
        ${more}
        <script src="${up}assets/search.js"></script>
        <script src="${up}assets/docs.js"></script>
      </body>
    </html> `
  return whole.text
}

/** Columns by their heads; a row has a cell for each. */
export function table(heads: readonly string[], rows: readonly Html[]): Html {
  const columns = heads.map((head) => html`<th scope="col">${head}</th>`)
  return html`<div class="panel scroll" tabindex="0" role="group" aria-label="${heads.join(', ')}">
    <table>
      <thead>
        <tr>
          ${columns}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

/** Names come from strangers: each is laid out in its own direction. */
export function own(text: string): Html {
  return html`<bdi>${text}</bdi>`
}
