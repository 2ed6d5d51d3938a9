// A request of the page's, and what people are told where nobody answers it.

/** The response, and its text. */
async function reach(path, options) {
  try {
    const response = await fetch(path, options)
    return [response, await response.text()]
  } catch {
    throw new Error(text('unreachable'))
  }
}
