"""Programs whose every run is endless or immense; whoever follows values has to end."""

from collections.abc import Mapping

_LOOPS = {
    "a partial of itself": ("orders.publish", "partial(x, orders)"),
    "an attribute of itself": ("orders", "x.next"),
    "a tuple of itself": ("orders", "(x, x)"),
    "a list of itself": ("[orders]", "[x, orders]"),
    "a tuple of lists of itself": ("[orders]", "[tuple(x), orders]"),
    "pairs of itself": ("[orders]", "list(zip(x, x))"),
    "numbers of itself": ("[orders]", "list(enumerate(x))"),
    "a dict of itself": ("{'a': orders}", "{'b': x, **x}"),
    "items of itself": ("{'a': orders}", "{k: (k, v) for k, v in dict(x.items()).items()}"),
    "a copy of itself": ("[orders]", "[copy.deepcopy(x), x, tuple(x), (x, x)]"),
    "a function around itself": ("lambda: orders", "(lambda g: lambda: (g(), x))(x)"),
    "an object around itself": ("orders", "Box(x)"),
    "a text that doubles": ("'a'", "x + f'{x}'"),
    "a number that is squared": ("9", "x ** x * x"),
}

_WHOLE = {
    "a function that calls itself with more": (
        "def f(*a, **b):\n    return f(a, *a, b=b, **b)\nf(orders)\n"
    ),
    "a function of its own result": "def f(a):\n    return f((a, orders)) or a\nx = f(orders)\n",
    "a generator of itself": (
        "def f(a):\n    yield from f([a])\n    yield (a,)\nx = list(f(orders))\n"
    ),
    "a method of itself": (
        "class A:\n    def m(self, f): return self.m(self.m)\nA().m(orders.publish)\n"
    ),
    "tasks of tasks": (
        "async def f(x):\n    return await f(await asyncio.gather(f(x), f(orders)))\n"
        "asyncio.run(f(orders))\n"
    ),
    "a name outside that grows": (
        "def f(x):\n    def g():\n        nonlocal x\n        x = (x, orders)\n        return g\n"
        "    return g\nf(orders)()()()\n"
    ),
    "a fixed point": (
        "y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))\n"
        "z = y(lambda s: lambda n: s((n, orders)))\nz(orders)\n"
    ),
    "a power of functions": (
        "two = lambda f: lambda x: f(f(x))\nmany = two(two)(two)(two)\n"
        "many(lambda x: (x, orders))(orders)\n"
    ),
    "a class above itself": "class A(A): pass\nclass B(C): pass\nclass C(B): pass\nB().x(orders)\n",
    "a type of itself": (
        "T = 'T'\nt = Topic[T]('t')\nclass A(list['A']): a: 'A | list[A]'\nu = Topic[A]('u')\n"
    ),
    "a name of 10 GB": "t = Topic[int]('a' * 10 ** 10)\n",
    "a width of 1 GB": "t = Topic[int](f'{1:>1000000000}')\nu = Topic[int]('%1000000000d' % 1)\n",
    "a power without end": "t = Topic[int](str(9 ** 9 ** 9))\nu = Topic[int](str(1 << 10 ** 10))\n",
    "a number of 20,000 digits": f"t = Topic[int](f'{{0x{'f' * 20_000}}}')\n",
    "half a character": "t = Topic[int]('\\ud800')\n'''\\udfff'''\n",
    "a text of 100 MB": "t = Topic[int](','.join(['a' * 1000] * 100000))\n",
}


def _rows() -> Mapping[str, str]:
    """The same once more, a thousand times."""
    calls = "".join(f"def f{n}(): return f{n - 1}()\n" for n in range(1, 1_500))
    twice = "".join(f"def f{n}(x): return f{n - 1}(x), f{n - 1}(x)\n" for n in range(1, 300))
    classes = "".join(f"class C{n}(C{n - 1}): pass\n" for n in range(1, 200))
    diamonds = "".join(
        f"class C{n}(C{n - 1}, D{n - 1}): pass\nclass D{n}(C{n - 1}, D{n - 1}): pass\n"
        for n in range(1, 40)
    )
    names = "".join(f"x{n} = x{n - 1}\n" for n in range(1, 5_000))
    fields = "".join(
        f"@dataclass\nclass A{n}:\n    a: 'A{n - 1}'\n    b: 'A{n - 1}'\n" for n in range(1, 400)
    )
    types = "".join(f"T{n} = dict[T{n - 1}, T{n - 1}]\n" for n in range(1, 60))
    return {
        "1,500 functions in a row": f"def f0(): return orders.publish(1)\n{calls}",
        "300 functions that call twice": f"def f0(x): return x.publish(1)\n{twice}f299(orders)\n",
        "200 classes in a row": f"class C0: pass\n{classes}C199().x(orders)\n",
        "40 diamonds of classes": f"class C0: pass\nclass D0: pass\n{diamonds}C39().x(orders)\n",
        "5,000 names in a row": f"x0 = orders\n{names}x4999.publish(1)\n",
        "400 payloads in payloads": f"@dataclass\nclass A0: a: int\n{fields}t = Topic[A399]('t')\n",
        "60 types in types twice": f"T0 = int\n{types}t = Topic[T59]('t')\n",
        "1,500 topics": "".join(f"t{n} = Topic[int]('t{n}')\n" for n in range(1_500)),
    }


_FIRST = """\
import asyncio
import copy
from dataclasses import dataclass
from functools import partial

from good import orders, shop
from infragraph import Topic


class Box:
    def __init__(self, x): self.x = x


"""

PROGRAMS: Mapping[str, bytes] = {
    name: f"{_FIRST}{text}".encode()
    for name, text in {
        **{
            name: f"x = {first}\nfor _ in range(9):\n    x = {again}\nx.publish(1)\n"
            for name, (first, again) in _LOOPS.items()
        },
        **_WHOLE,
        **_rows(),
    }.items()
}
