SwaggerUIBundle({
  dom_id: '#reference',
  // Beside this page, wherever a proxy puts both.
  url: 'openapi.json',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // No badge of a validator on the internet.
  validatorUrl: null,
})
