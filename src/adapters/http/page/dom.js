const SVG = 'http://www.w3.org/2000/svg'

/** An element with attributes and children. Children that are text stay text, whatever is in them: nothing is ever read as HTML. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children)
}

export function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children)
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : String(value))
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== false))
  return node
}

/** Changes a text only if it differs, so that readers of the screen are not told of nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** Names come from strangers: each is laid out in its own direction. */
export function isolated(text, attributes = {}) {
  return element('bdi', attributes, text)
}

/** A link within the page. */
export function link(path, ...children) {
  return element('a', { href: path, 'data-here': true }, ...children)
}

export function contractPath(id) {
  return `/contracts/${encodeURIComponent(id)}`
}
