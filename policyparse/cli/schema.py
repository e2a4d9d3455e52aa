"""policyparse schema: the JSON Schema of what the other commands write."""

from __future__ import annotations

import json
from typing import Any

import click

from policyparse.cli.base import output_option, write

NAMES = ("notice", "document")


def schema(name: str) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``notice`` (what ``parse`` writes) or ``document`` (what ``read`` gives)."""
    from pydantic.json_schema import GenerateJsonSchema

    from policyparse import model

    class EveryField(GenerateJsonSchema):
        """Output always holds every field, also those that have a default."""

        def field_is_required(self, *_: Any, **__: Any) -> bool:
            return True

    models: dict[str, type[model.Model]] = {"notice": model.Notice, "document": model.Document}
    body = models[name].model_json_schema(mode="serialization", schema_generator=EveryField)
    identity = f"urn:policyparse:schema:{name}:{model.SCHEMA_VERSION}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identity, **body}


def text(name: str) -> str:
    """The schema as it stands in ``schemas/NAME.schema.json``."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES), default="notice")
@output_option
def command(name: str, out: str | None) -> None:
    """Print the JSON Schema of a notice (what parse writes), or of a document (a notice as read from its file)."""
    write(out, text(name))
