"""A module as the text that a person would have written."""

from collections.abc import Iterator

from benchmarks.corpus.written import Function, Module


def rendered(module: Module) -> bytes:
    text = "\n\n\n".join(_blocks(module)) + "\n"
    if module.donor is None:
        return text.encode()
    return module.donor.read().rstrip(b"\n") + b"\n\n\n" + text.encode()


def _blocks(module: Module) -> Iterator[str]:
    head = [f'"""{module.doc}"""'] if module.doc else []
    imports = _imports(module)
    if imports:
        head.append("\n".join(imports))
    if head:
        yield "\n\n".join(head)
    yield from module.before
    yield from (_function(function) for function in module.functions)
    yield from module.after


def _imports(module: Module) -> list[str]:
    """Those of the module as they stand, since their order may matter; then those of functions."""
    wanted = {
        line
        for function in module.functions
        for line in (*function.imports, *(one for part in function.body for one in part.imports))
    }
    return [*module.imports, *sorted(wanted.difference(module.imports))]


def _function(function: Function) -> str:
    head = [f"@{decorator}" for decorator in function.decorators]
    head.append(f"async def {function.name}({function.parameters}) -> {function.returns}:")
    body = [f"    {line}" if line else "" for part in function.body for line in part.lines]
    return "\n".join([*head, *body])
