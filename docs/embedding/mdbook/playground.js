// mdBook takes scripts of the book's own; this one loads the playground's from where that is served.
const script = document.createElement("script");
script.src = "https://example.org/asl-playground/embed/v1.js";
document.head.append(script);
