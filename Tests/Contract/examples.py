"""The examples of the contract as requests, and whether answers are as documented."""

import json
import re
import urllib.parse

import jsonschema
import referencing
import referencing.jsonschema

METHODS = ("get", "post", "put", "delete")


class Contract:
    def __init__(self, document):
        self.document = document
        resource = referencing.Resource.from_contents(
            document, default_specification=referencing.jsonschema.DRAFT202012)
        self.registry = referencing.Registry().with_resource("contract:", resource)

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def cases(self):
        """Every example of every operation, in the order of the document."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield from self.operation(path, method, item[method], item.get("parameters", []))

    def operation(self, path, method, operation, shared):
        parameters = [self.resolve(parameter) for parameter in shared + operation.get("parameters", [])]
        answers = {}
        for status, response in operation["responses"].items():
            for media, content in self.resolve(response).get("content", {}).items():
                for name, example in content.get("examples", {}).items():
                    assert name not in answers, f"{method} {path}: {name} has two answers"
                    answers[name] = (int(status), media, content["schema"], example)
        bodies = operation.get("requestBody", {}).get("content", {})
        names = list(answers)
        for content in bodies.values():
            names += content.get("examples", {})
        # Names of parameters are shared between operations: those of this one that no answer has, mean an answer without a body.
        for parameter in operation.get("parameters", []):
            names += parameter.get("examples", {})
        # Without any example the request is plain.
        for name in dict.fromkeys(names or ["plain"]):
            yield Case(self, path, method, operation, parameters, bodies, name, answers.get(name))

    def check(self, schema, value):
        pointer = self.validator({"$ref": "contract:#"} if not schema else rebased(schema))
        return [f"{error.json_path}: {error.message[:300]}" for error in pointer.iter_errors(value)]

    def validator(self, schema):
        return jsonschema.Draft202012Validator(schema, registry=self.registry)


def rebased(schema):
    """The schema, its references into the document made absolute."""
    if isinstance(schema, dict):
        return {
            key: f"contract:{value}" if key == "$ref" else rebased(value) for key, value in schema.items()}
    return [rebased(value) for value in schema] if isinstance(schema, list) else schema


class Case:
    def __init__(self, contract, path, method, operation, parameters, bodies, name, answer):
        self.contract = contract
        self.path, self.method, self.operation, self.name = path, method, operation, name
        self.parameters, self.bodies, self.answer = parameters, bodies, answer
        self.id = (operation["operationId"], name)

    @property
    def actor(self):
        return self.answer[3].get("x-as") if self.answer else None

    def request(self, actual):
        """Path with query, headers and body; `actual` puts what is there in place of what the examples name."""
        path, query, headers, body = self.path, {}, {}, None
        for parameter in self.parameters:
            examples = parameter.get("examples", {})
            if self.name in examples:
                value = examples[self.name]["value"]
            elif parameter["in"] == "path":
                value = next(iter(examples.values()))["value"]
            else:
                continue
            value = actual(value)
            if parameter["in"] == "path":
                path = path.replace("{%s}" % parameter["name"], urllib.parse.quote(str(value), safe=""))
            elif parameter["in"] == "query":
                query[parameter["name"]] = value
            elif parameter["in"] == "header":
                headers[parameter["name"]] = str(value)
        for media, content in self.bodies.items():
            if self.name in content.get("examples", {}):
                value = actual(content["examples"][self.name]["value"])
                headers["Content-Type"] = media
                body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        return path + (f"?{urllib.parse.urlencode(query)}" if query else ""), headers, body

    def faults(self, answer, actual):
        """What of an answer is not as documented."""
        responses = self.operation["responses"]
        if self.answer is None:
            status = next(iter(responses))
            if str(answer.status) != status:
                return [f"status {answer.status} and not {status}: {answer.body[:500]}"]
            media = list(self.contract.resolve(responses[status]).get("content", {}))
            got = answer.headers.get("content-type", "").partition(";")[0]
            return self.missing_headers(responses[status], answer) + (
                [f"content type {got} and not {media}"] if media and got not in media else [])
        status, media, schema, example = self.answer
        if answer.status != status:
            return [f"status {answer.status} and not {status}: {answer.body[:500]}"]
        faults = self.missing_headers(responses[str(status)], answer)
        if answer.headers.get("content-type", "").partition(";")[0] != media:
            return faults + [f"content type {answer.headers.get('content-type')} and not {media}"]
        if not media.endswith("json"):
            return faults
        value, expected = answer.json, actual(example["value"])
        faults += self.contract.check(schema, value)
        if media == "application/problem+json":
            faults += problem_faults(expected, value)
        elif self.path.startswith("/v1/calculations/") and expected != value:
            faults.append(f"{value} and not {expected}")
        else:
            faults += shape_faults(expected, value, "")
        return faults

    def missing_headers(self, response, answer):
        documented = self.contract.resolve(response).get("headers", {})
        return [f"header {name} is missing" for name in documented if name.lower() not in answer.headers]


def problem_faults(expected, value):
    """Problems are as the example says, but for where they are and which request it was."""
    faults = []
    for member in ("title", "status", "detail", "position", "errors", "instance"):
        if expected.get(member) != value.get(member):
            faults.append(f"{member}: {value.get(member)!r} and not {expected.get(member)!r}")
    if expected["type"].rpartition("/")[2] != value["type"].rpartition("/")[2]:
        faults.append(f"type: {value['type']} and not {expected['type']}")
    return faults


# Members that are there at some moments.
PASSING = {"remaining_seconds"}


def shape_faults(expected, value, place):
    """The same members and types; what lists hold looks like their first example."""
    if kind(expected) is not kind(value) and not (expected is None or value is None):
        return [f"{place or '/'}: {value!r} is not of the type of {expected!r}"]
    if isinstance(expected, dict):
        faults = [f"{place}/{name} is not there" for name in expected if name not in value and name not in PASSING]
        faults += [f"{place}/{name} is there" for name in value
                   if name not in expected and name not in PASSING and not is_map(expected, place)]
        for name in expected:
            if name in value:
                faults += shape_faults(expected[name], value[name], f"{place}/{name}")
        return faults
    if isinstance(expected, list) and expected:
        if not value:
            return [f"{place} is empty"]
        return shape_faults(expected[0], value[0], f"{place}/0")
    return []


def kind(value):
    """JSON has one type of numbers."""
    return int if isinstance(value, float) else type(value)


def is_map(expected, place):
    """Whether names are data: quantiles, states."""
    return place.endswith("/states") or bool(expected) and not any(re.fullmatch("[a-z_]+", name) for name in expected)
