// What to add to the site's configuration.
export default {
  // Where the playground is served.
  scripts: [{ src: 'https://example.org/asl-playground/embed/v1.js', async: true }],
};
