project = "State machines"
# Where the playground is served.
html_js_files = [("https://example.org/asl-playground/embed/v1.js", {"async": "async"})]
