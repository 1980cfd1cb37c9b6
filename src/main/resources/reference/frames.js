/** Shows asyncapi.yaml: each operation with its frames, their members and examples. */
import { prose } from "./prose.js";

const documents = new Map(
  await Promise.all(["asyncapi", "openapi"].map(async (name) => [`${name}.yaml`, await load(`${name}.json`)])),
);
const description = documents.get("asyncapi.yaml");
const operations = Object.values(description.operations);

document
  .querySelector("#frames")
  .append(
    element("h1", {}, "WebSocket frames"),
    ...paragraphs(description.info.description),
    ...paragraphs(`Connect to \`${description.channels.socket.address}\`. ${description.channels.socket.description}`),
    element("h2", {}, "What a client says"),
    ...operations.filter(({ action }) => action === "receive").map(showRequest),
    element("h2", {}, "What the node says by itself"),
    ...operations.filter(({ action }) => action === "send").map(showOperation),
    element("h2", {}, "What the node answers"),
    ...answers().map((message) => showMessage(message, { id: message.name })),
  );

async function load(file) {
  return (await fetch(file)).json();
}

/** Target of a reference, in either document, with the members beside the reference. */
function resolve(value, file = "asyncapi.yaml") {
  if (!value.$ref) {
    return { file, ...value };
  }
  const [other, path] = value.$ref.split("#/");
  const from = other || file;
  const target = path.split("/").reduce((at, step) => at[step], documents.get(from));
  const { $ref, ...beside } = value;
  return { ...resolve(target, from), ...beside };
}

function showRequest(operation) {
  const replies = operation.reply.messages.map((reference) => resolve(reference));
  const links = replies.flatMap(({ name }) => [" or ", element("a", { href: `#${name}` }, name)]).slice(1);
  const section = showOperation(operation);
  section.append(element("p", {}, "Answered by ", ...links, "."));
  return section;
}

function showOperation({ summary, description: more, messages }) {
  return element(
    "section",
    {},
    element("h3", {}, summary),
    ...paragraphs(more ?? ""),
    ...messages.map((reference) => showMessage(resolve(reference))),
  );
}

/** Frames that answer requests, each once. */
function answers() {
  const found = operations
    .filter(({ reply }) => reply)
    .flatMap(({ reply }) => reply.messages.map((reference) => resolve(reference)));
  return [...new Map(found.map((message) => [message.name, message])).values()];
}

function showMessage({ name, summary, payload, examples }, attributes = {}) {
  return element(
    "article",
    attributes,
    element("h4", {}, element("code", {}, name), ` ${summary}`),
    element("table", {}, ...rows(payload, "asyncapi.yaml")),
    ...examples.map((example) => element("pre", {}, JSON.stringify(example.payload))),
  );
}

function rows(schema, file) {
  const { allOf, oneOf, properties = {}, required = [], file: from } = resolve(schema, file);
  if (oneOf) {
    return oneOf.map((one) => {
      const kind = resolve(one, from);
      return element("tr", {}, element("th", { scope: "row" }, kind.properties.kind.const), cell(memberNames(kind)));
    });
  }
  return [
    ...(allOf ?? []).flatMap((part) => rows(part, from)),
    ...Object.entries(properties).map(([name, value]) => {
      const member = resolve(value, from);
      const needed = required.includes(name) ? "" : " (optional)";
      return element("tr", {}, element("th", { scope: "row" }, name), cell(`${kindOf(member)}${needed}`));
    }),
  ];
}

function memberNames({ properties, required }) {
  return Object.keys(properties)
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .join(", ");
}

function kindOf({ type, const: only, enum: some, description: meaning }) {
  const kind = only ?? some?.join(" or ") ?? type ?? "object";
  return meaning && !some ? `${kind}: ${meaning}` : kind;
}

function cell(text) {
  return element("td", {}, text);
}

function paragraphs(text) {
  const make = {
    code: (code) => element("code", {}, code),
    link: (label, target) => element("a", { href: target }, label),
  };
  return text
    .split(/\n\n+/)
    .filter(Boolean)
    .map((paragraph) => element("p", {}, ...prose(paragraph, make)));
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
  made.append(...children);
  return made;
}
