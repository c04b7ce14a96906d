// Draws the API's document. Calls that are tried out go with the session, whose form token changes need, or with a key.
const place = document.getElementById('api-docs');
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  // Its links would stand inside of buttons, which screen readers do not read out.
  deepLinking: false,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  // Nothing is asked of other places: no badge of a public validator.
  validatorUrl: null,
  requestInterceptor(request) {
    const here = new URL(request.url, location.href).origin === location.origin;
    if (here && CHANGES.has(request.method)) request.headers['x-csrf-token'] = place.dataset.csrf;
    return request;
  },
});
