// Elements are made, never parsed: what came from somewhere else is text.

const byId = (id) => document.getElementById(id)

/** An element with properties, and children that are elements or text. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const json = (value) => element('pre', {}, JSON.stringify(value, null, 2))

/** Something long behind a line that opens it. */
const folded = (title, ...children) => element('details', {}, element('summary', {}, title), ...children)

/** A list of terms. Each is a term, a value, and perhaps a remark. */
function terms(entries) {
  return entries.flatMap(([term, value, remark]) => [
    element('dt', {}, term),
    element('dd', {}, value, ...(remark ? [element('span', { className: 'remark' }, remark)] : [])),
  ])
}
