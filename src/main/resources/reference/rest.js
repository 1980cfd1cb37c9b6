/** Shows openapi.yaml by Swagger UI, whose own Markdown would make markup from text, which the node's policy forbids. */
import { prose } from "./prose.js";

const PlainProse = ({ React }) => ({
  wrapComponents: {
    Markdown:
      () =>
      ({ source }) => {
        const make = {
          code: (text) => React.createElement("code", null, text),
          link: (text, target) => React.createElement("a", { href: target }, text),
        };
        const paragraphs = (source ?? "").split(/\n\n+/).filter(Boolean);
        return React.createElement(
          "div",
          { className: "markdown" },
          ...paragraphs.map((text) => React.createElement("p", null, ...prose(text, make))),
        );
      },
  },
});

window.SwaggerUIBundle({
  url: "openapi.yaml",
  dom_id: "#rest",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  plugins: [PlainProse],
  validatorUrl: null,
});
