"""Makes what the gateway serves of openapi.yaml: the JSON, and the page for people. `--check` says whether it is up to date."""

import html
import json
import pathlib
import re
import sys

import yaml

CONTRACT = pathlib.Path(__file__).resolve().parents[2] / "Services/Gateway/Contract"
SOURCE = CONTRACT / "openapi.yaml"
GENERATED = CONTRACT / "Generated/OpenAPIDocument.swift"
METHODS = ("get", "post", "put", "delete")


def load():
    """The document, its anchors resolved."""
    return yaml.safe_load(SOURCE.read_text())


def swift(document):
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    page = Page(document).text()
    for text in (compact, page):
        assert '"""#' not in text and "\\#" not in text, "would end the Swift literal"
    return f'''// swift-format-ignore-file

/// The contract as it is served. Made by ./scripts/contract of openapi.yaml: edit that.
enum OpenAPIDocument {{
    /// `/openapi.json`.
    static let json = #"""
{compact}
"""#

    /// `/docs`.
    static let html = #"""
{page}
"""#
}}
'''


class Page:
    """One page with everything: no script, no style of its own, readable without either."""

    def __init__(self, document):
        self.document = document
        self.lines = []

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def add(self, *lines):
        self.lines.extend(lines)

    def text(self):
        info = self.document["info"]
        self.add(
            "<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{html.escape(info['title'])}: the API</title>",
            '<link rel="stylesheet" href="/assets/bursar.css">', "</head>", "<body>", '<main class="docs">',
            f"<h1>{html.escape(info['title'])}: the API</h1>", f"<p>{inline(info['summary'])}</p>",
            '<p>As a document for programs: <a href="/openapi.json">OpenAPI 3.1</a>. What problems mean: '
            '<a href="/problems">all of them</a>.</p>', blocks(info["description"]))
        self.contents()
        for tag in self.document["tags"]:
            self.add(f'<h2 id="{slug(tag["name"])}">{html.escape(tag["name"])}</h2>', f"<p>{inline(tag['description'])}</p>")
            for path, method, operation, shared in self.operations(tag["name"]):
                self.operation(path, method, operation, shared)
        self.schemas()
        self.add("</main>", "</body>", "</html>")
        return "\n".join(self.lines)

    def operations(self, tag):
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item and tag in item[method]["tags"]:
                    yield path, method, item[method], item.get("parameters", [])

    def contents(self):
        self.add('<nav aria-label="Contents">', "<ul>")
        for tag in self.document["tags"]:
            self.add(f'<li><a href="#{slug(tag["name"])}">{html.escape(tag["name"])}</a>', "<ul>")
            for path, method, operation, _ in self.operations(tag["name"]):
                self.add(
                    f'<li><a href="#{operation["operationId"]}"><code>{method.upper()} {html.escape(path)}</code></a> '
                    f"{inline(operation['summary'])}</li>")
            self.add("</ul></li>")
        self.add('<li><a href="#schemas">Schemas</a></li>', "</ul>", "</nav>")

    def operation(self, path, method, operation, shared):
        self.add(
            f'<section id="{operation["operationId"]}">',
            f"<h3><code>{method.upper()} {html.escape(path)}</code></h3>", f"<p>{inline(operation['summary'])}.</p>")
        if "description" in operation:
            self.add(blocks(operation["description"]))
        if operation.get("security"):
            ways = [" and ".join(way) or "nobody" for way in operation["security"]]
            self.add(f"<p>Asked as: {html.escape(', or '.join(ways))}.</p>")
        parameters = [self.resolve(p) for p in shared + operation.get("parameters", [])]
        if parameters:
            self.table("Parameters", ("name", "in", "type", "what"), [
                (code(p["name"]), html.escape(p["in"]), self.type(p["schema"]), inline(p.get("description", "")))
                for p in parameters])
        if "requestBody" in operation:
            for media, content in operation["requestBody"]["content"].items():
                self.body(f"Request: {media}", content)
        rows = []
        for status, response in operation["responses"].items():
            response = self.resolve(response)
            media = ", ".join(response.get("content", {}))
            rows.append((code(status), html.escape(media), inline(response["description"])))
        self.table("Answers", ("status", "media type", "what"), rows)
        for status, response in operation["responses"].items():
            for media, content in self.resolve(response).get("content", {}).items():
                if status.startswith("2") and "schema" in content:
                    self.body(f"Answer {status}: {media}", content)
                else:
                    self.examples(f"Answer {status}: {media}", content)
        self.add("</section>")

    def body(self, title, content):
        schema = self.resolve(content["schema"])
        named = content["schema"].get("$ref", "").rpartition("/")[2]
        if named:
            self.add(f'<p><strong>{html.escape(title)}</strong> <a href="#schema-{named}">{named}</a></p>')
        elif "properties" in schema:
            self.properties(title, schema)
        self.examples(title, content)

    def examples(self, title, content):
        for name, example in content.get("examples", {}).items():
            value = example["value"]
            text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
            self.add(
                f"<details><summary>{html.escape(title)}, {html.escape(name)}</summary>",
                f"<pre><code>{html.escape(text)}</code></pre></details>")

    def properties(self, title, schema):
        required = schema.get("required", [])
        self.table(title, ("member", "type", "what"), [
            (code(name) + ("" if name in required else " <small>optional</small>"), self.type(member),
             inline(self.resolve(member).get("description", "") if "description" not in member else member["description"]))
            for name, member in schema["properties"].items()])

    def schemas(self):
        self.add('<h2 id="schemas">Schemas</h2>')
        for name, schema in self.document["components"]["schemas"].items():
            self.add(f'<section id="schema-{name}">', f"<h3>{name}</h3>")
            if "description" in schema:
                self.add(f"<p>{inline(schema['description'])}</p>")
            if "properties" in schema:
                self.properties("Members", schema)
            else:
                self.add(f"<p>{self.type(schema)}</p>")
            self.add("</section>")

    def type(self, schema):
        """A schema in a few words."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return f'<a href="#schema-{name}">{name}</a>'
        if "oneOf" in schema:
            return " or ".join(self.type(one) for one in schema["oneOf"])
        kinds = schema.get("type", "any")
        words = html.escape(" or ".join(kinds) if isinstance(kinds, list) else kinds)
        if "items" in schema:
            words += " of " + self.type(schema["items"])
        if isinstance(schema.get("additionalProperties"), dict):
            words += " of " + self.type(schema["additionalProperties"])
        if "enum" in schema:
            words += ": " + ", ".join(code(str(value)) for value in schema["enum"] if value is not None)
        if "const" in schema:
            words += ": " + code(str(schema["const"]))
        if "format" in schema:
            words += f" ({html.escape(schema['format'])})"
        bounds = [f"{label} {schema[key]:,}" for key, label in (
            ("minimum", "from"), ("maximum", "to"), ("minLength", "from"), ("maxLength", "to"), ("minItems", "from"),
            ("maxItems", "to"), ("maxProperties", "to")) if key in schema]
        if bounds:
            words += ", " + " ".join(bounds)
        if "default" in schema:
            words += f", {code(str(schema['default']))} without it"
        return words

    def table(self, caption, head, rows):
        cells = "".join(f'<th scope="col">{name}</th>' for name in head)
        self.add(
            '<div class="table">', "<table>", f"<caption>{html.escape(caption)}</caption>",
            f"<thead><tr>{cells}</tr></thead>", "<tbody>")
        for row in rows:
            self.add("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>")
        self.add("</tbody>", "</table>", "</div>")


def slug(text):
    return "tag-" + re.sub(r"[^a-z0-9]+", "-", text.lower())


def code(text):
    return f"<code>{html.escape(text)}</code>"


def inline(text):
    """Of Markdown what the document uses: code, and bold."""
    text = html.escape(text.strip(), quote=False)
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*([^*]*)\*\*", r"<strong>\1</strong>", text).replace("\n", " ")


def blocks(text):
    return "\n".join(f"<p>{inline(block)}</p>" for block in text.strip().split("\n\n"))


if __name__ == "__main__":
    made = swift(load())
    if "--check" in sys.argv:
        if not GENERATED.exists() or GENERATED.read_text() != made:
            sys.exit(f"{GENERATED} is not made of openapi.yaml: run ./scripts/contract")
    else:
        GENERATED.parent.mkdir(exist_ok=True)
        GENERATED.write_text(made)
