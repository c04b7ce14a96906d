"""Answers calls that arrive as JSON lines, so that a test in another language can use a Python client."""

import json
import sys
import types


def serve(client, to_json, read_argument=lambda value: value):
    """Walks each call's path from the client to a method, calls it and writes what it returned or raised."""
    for line in sys.stdin:
        call = json.loads(line)
        try:
            target = client
            for step in call["path"]:
                target = target[step] if isinstance(step, int) else getattr(target, step)
            positional, named = [], {}
            for argument in call["args"]:
                if isinstance(argument, dict) and "named" in argument:
                    named = {name: read_argument(value) for name, value in argument["named"].items()}
                else:
                    positional.append(read_argument(argument))
            value = target(*positional, **named)
            answer = {"value": list(value) if isinstance(value, types.GeneratorType) else value}
        except Exception as error:  # Whatever the client raises is an answer, too.
            answer = {"error": {"type": type(error).__name__, "message": str(error)}}
        print(json.dumps(answer, default=to_json), flush=True)
