"""Stands for `gcloud`: takes the commands and flags that the real one has, keeps what it is told.

What is created is there, what is there cannot be created again, and what is referred to has to be
there. The program that a script finds is a few lines of shell that ask a server of ours.
"""

import json
import re
import socketserver
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TABLE: Mapping[str, Any] = json.loads(Path(__file__).with_name("flags.json").read_text("utf-8"))
COMMANDS: Mapping[str, Any] = TABLE["commands"]

_PROGRAM = r"""#!/bin/bash
LC_ALL=C
exec 3<>/dev/tcp/127.0.0.1/{port}
input=''
for word in "$@"; do if [[ $word == */document ]]; then input=$(<"${{word#*=}}"); fi; done
printf '%s\n' "$#" >&3
for word in "$@" "$input"; do printf '%s\n%s' "${{#word}}" "$word" >&3; done
read -r code said <&3
read -r -N "$said" text <&3
if ((code)); then printf '%s' "$text" >&2; else printf '%s' "$text"; fi
exit "$code"
"""

Thing = dict[str, Any]


class Refused(Exception):  # noqa: N818 - an answer
    def __init__(self, *, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.text = f"ERROR: {text}\n"
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    command: str
    words: tuple[str, ...]
    code: int

    @property
    def verb(self) -> str:
        return self.command.removesuffix(" http").rpartition(" ")[2]


@dataclass(slots=True)
class FakeGcloud:
    """`things` are by group of commands and name; a `forgetful` one knows no member at first."""

    project: str
    things: dict[str, dict[str, Thing]] = field(default_factory=dict[str, dict[str, Thing]])
    bindings: set[tuple[str, ...]] = field(default_factory=set[tuple[str, ...]])
    calls: list[Call] = field(default_factory=list[Call])
    forgetful: bool = False

    def answer(self, words: list[str], given: str) -> tuple[int, str]:
        command = ""
        try:
            command, rest = self._command(words)
            code, text = 0, "" if command == "--help" else self._run(command, rest, given)
        except Refused as refused:
            code, text = refused.code, refused.text
        if "--help" not in words:
            self.calls.append(Call(command=command, words=tuple(words), code=code))
        return code, text

    @contextmanager
    def serving(self, folder: Path) -> Generator[None, None, None]:
        """With a program `gcloud` in the folder, until the block ends."""
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                count = int(self.rfile.readline())
                words = [
                    self.rfile.read(int(self.rfile.readline())).decode("utf-8", "surrogateescape")
                    for _ in range(count + 1)
                ]
                code, text = fake.answer(words[:-1], words[-1])
                said = text.encode("utf-8", "surrogateescape")
                self.wfile.write(f"{code} {len(said)}\n".encode() + said)

        with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            program = folder / "gcloud"
            program.write_text(_PROGRAM.format(port=server.server_address[1]))
            program.chmod(0o755)
            try:
                yield
            finally:
                server.shutdown()
                thread.join()

    def _command(self, words: list[str]) -> tuple[str, list[str]]:
        """The command in its own track, and what follows it."""
        for track in ("", "beta", "alpha"):
            rest = words[1:] if track and words[0] == track else words
            if track and rest is words:
                continue
            if "--help" in rest:
                group = " ".join(rest[: rest.index("--help")])
                found = [it for it in COMMANDS if it.startswith(f"{group} ")]
                if found and COMMANDS[found[0]]["track"] == track:
                    return "--help", []
                continue
            for count in range(5, 1, -1):
                name = " ".join(rest[:count])
                if name in COMMANDS and COMMANDS[name]["track"] == track:
                    return name, rest[count:]
        raise Refused(text=f"Invalid choice: {words}", code=2)

    def _run(self, command: str, rest: list[str], given: str) -> str:
        names, flags = _arguments(command, rest)
        *group, verb = command.removesuffix(" http").removeprefix("beta ").split()
        kind = " ".join(group)
        name = names[0] if names else ""
        if verb == "create" and kind == "iam service-accounts":
            name = f"{name}@{flags['--project']}.iam.gserviceaccount.com"
        if "--instance" in flags:
            name = f"{flags['--instance']}/{name}"
        if verb == "add":
            return self._put(kind, f"{name}/1", flags)
        if any(value.endswith("/document") for value in flags.values()):
            json.loads(given)
        handlers: Mapping[str, Callable[[], str]] = {
            "enable": lambda: self._put(kind, name, flags),
            "describe": lambda: self._found(kind, name),
            "list": lambda: self._listed(kind, flags),
            "create": lambda: self._created(kind, name, flags),
            "connect": lambda: self._created(kind, flags["--network"], flags),
            "replace": lambda: self._replaced(kind, given),
            "add-iam-policy-binding": lambda: self._bound(kind, name, flags),
        }
        if verb in handlers:
            return handlers[verb]()
        self._found(kind, name)
        return self._put(kind, name, flags)

    def _of(self, kind: str) -> dict[str, Thing]:
        return self.things.setdefault(kind, {})

    def _put(self, kind: str, name: str, flags: dict[str, str]) -> str:
        self._check_references(kind, flags)
        self._of(kind).setdefault(name, {}).update({**flags, **_content(flags)})
        return ""

    def _found(self, kind: str, name: str) -> str:
        if name not in self._of(kind):
            raise Refused(text=f"NOT_FOUND: Resource not found: {kind} {name}")
        return ""

    def _created(self, kind: str, name: str, flags: dict[str, str]) -> str:
        name = name or f"projects/{self.project}/{kind}/{len(self._of(kind))}"
        if name in self._of(kind):
            raise Refused(text=f"ALREADY_EXISTS: {kind} {name}")
        return self._put(kind, name, flags)

    def _replaced(self, kind: str, document: str) -> str:
        name = re.search(r"^  name: (\S+)$", document, re.MULTILINE)
        assert name is not None
        labels = re.findall(r'^    (infragraph-[a-z]+): "?([^"\n]*)"?$', document, re.MULTILINE)
        joined = ",".join(f"{key}={value}" for key, value in labels)
        self._of(kind)[name.group(1)] = {"document": document, "--labels": joined}
        return ""

    def _bound(self, kind: str, name: str, flags: dict[str, str]) -> str:
        if kind != "projects" and flags["--project"] == self.project:
            self._found(kind, name)
        if self.forgetful:
            self.forgetful = False
            raise Refused(text="Service account does not exist.")
        condition = flags.get("--condition", "")
        self.bindings.add((kind, name, flags["--role"], flags["--member"], condition))
        return ""

    def _listed(self, kind: str, flags: dict[str, str]) -> str:
        if kind == "secrets versions":
            return "1\n" if self._of(kind) else ""
        wanted = [part for part in flags.get("--filter", "").split(" AND ") if part]
        of_instance = flags.get("--instance")
        return "".join(
            f"{name.removeprefix('gs://')}\n"
            for name, thing in self._of(kind).items()
            if all(_fits(part, name, thing) for part in wanted)
            and of_instance in {None, name.partition("/")[0]}
        )

    def _check_references(self, kind: str, flags: dict[str, str]) -> None:
        """What a command refers to, in the project that all is made in, has to be there."""
        ours = f"projects/{self.project}/"
        for flag in ("--topic", "--dead-letter-topic"):
            if flags.get(flag, "").startswith(ours):
                self._found("pubsub topics", flags[flag].rpartition("/")[2])
        for flag in ("--push-auth-service-account", "--oidc-service-account-email"):
            if flag in flags:
                self._found("iam service-accounts", flags[flag])
        if kind in {"sql databases", "sql users"}:
            self._found("sql instances", flags["--instance"])
        if kind == "compute networks subnets":
            self._found("compute networks", flags["--network"])
        if "--cloud-storage-bucket" in flags:
            self._found("storage buckets", f"gs://{flags['--cloud-storage-bucket']}")


def _arguments(command: str, words: list[str]) -> tuple[list[str], dict[str, str]]:
    known: Mapping[str, Any] = COMMANDS[command]["flags"]
    names: list[str] = []
    flags: dict[str, str] = {}
    for word in words:
        if not word.startswith("--"):
            names.append(word)
            continue
        name, has_value, value = word.partition("=")
        flag = name if name in known else f"--{name.removeprefix('--no-')}"
        form = "value" if name in TABLE["wide"] else known.get(flag)
        is_switch = form == "bool" and not has_value
        is_given = form is not None and form != "bool" and bool(has_value) and flag == name
        if isinstance(form, list):
            is_given = is_given and value in form
        if not (is_switch or is_given or (name in TABLE["wide"] and has_value)):
            raise Refused(text=f"unrecognized arguments: {word} of {command}", code=2)
        flags[flag if is_switch else name] = value if has_value else str(flag == name)
    return names, flags


def _content(flags: dict[str, str]) -> Thing:
    """What stands in a document that is given as a flag."""
    text = flags.get("--policy") or flags.get("--channel-content")
    return json.loads(text) if text and text.startswith("{") else {}


def _fits(part: str, name: str, thing: Thing) -> bool:
    key, _, value = part.partition("=")
    if key == "name":
        return name.rpartition("/")[2] == value
    if key == "display_name":
        return json.dumps(thing["displayName"], ensure_ascii=False) == value
    labels = ",".join(thing.get(it, "") for it in ("--labels", "--update-labels"))
    return f"{key.rpartition('.')[2]}={value}" in labels.split(",")
